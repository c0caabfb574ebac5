//! How an ID gets a name: by registering it, by taking it over, by claiming it.

use super::*;
use jns_primitives::api::Admission;

/// A registration as it was asked for.
pub struct Request {
	/// The name, lower case.
	pub name: Vec<u8>,
	/// For whom.
	pub id: JamiId,
	/// The key's DER SubjectPublicKeyInfo.
	pub key: Vec<u8>,
	/// The key's signature of the name.
	pub signature: Vec<u8>,
}

/// A request that nothing in the state stands against, but whose proof is not verified yet.
pub struct Admissible {
	request: Request,
	name: Name,
	place: Place,
	road: Road,
	/// The ID had the name before.
	spent: bool,
}

impl Admissible {
	/// Whether it weighs more than the registration of a name that is simply free.
	pub fn is_unusual(&self) -> bool {
		!matches!(self.road, Road::Repeated | Road::Free { ended_before: false, assigned: None })
	}
}

/// How a request's ID comes to the name.
enum Road {
	/// It has it.
	Repeated,
	/// Nobody has it. Perhaps it cooled down, or the council assigned it.
	Free { ended_before: bool, assigned: Option<Reservation> },
	/// It released the name, which cools down.
	Released(TakeBack),
	/// Whose record this is handed it over.
	HandedOver(NameRecord),
}

/// What a registration came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
	/// There is a new record.
	New(Name),
	/// The name was taken over from that ID.
	TakenOver(Name, JamiId),
	/// The very same was registered before.
	Unchanged,
}

impl<T: Config, A: Get<T::AccountId>, R: Rules> Registry<T, A, R> {
	/// Everything about a registration but its proof, which is the dear part.
	pub fn admit(request: Request) -> Result<Admissible, Refusal> {
		let admissible = Self::examine(request)?;
		let is_released = matches!(admissible.road, Road::Released(_));
		ensure!(!admissible.spent && !is_released, Refusal::Spent);
		Ok(admissible)
	}

	/// What the state says to a registration, for whoever asks before sending it. A proof is not asked
	/// for, so [`Admission::Open`] promises nothing about that.
	pub fn admission(request: Request) -> Admission {
		let (name, id) = (request.name.clone(), request.id);
		let read = || -> Result<Admission, Refusal> {
			let refusal = match Self::admit(request) {
				Ok(Admissible { road: Road::Repeated, .. }) => return Ok(Admission::Registered),
				Ok(_) => return Ok(Admission::Open),
				Err(refusal) => refusal,
			};
			let name = Name::try_from(name).map_err(Refusal::InvalidName)?;
			Ok(match refusal {
				Refusal::NameTaken => {
					let record = Self::record(&name)?.ok_or(Refusal::Corrupt)?;
					Admission::NameTaken { by: record.id }
				},
				Refusal::IdTaken => {
					let name = Self::name_of(&id)?.ok_or(Refusal::Corrupt)?;
					Admission::IdTaken { name }
				},
				Refusal::CoolingDown => {
					let free_from = Self::status(&name)?.free_from.ok_or(Refusal::Corrupt)?;
					Admission::CoolingDown { free_from }
				},
				Refusal::Spent => Admission::Spent,
				Refusal::Reserved => Admission::Reserved,
				Refusal::NoStore | Refusal::Storage(_) => Admission::Closed,
				Refusal::Corrupt => Admission::Corrupt,
				Refusal::InvalidName(why) => Admission::InvalidName(why),
				_ => Admission::Refused,
			})
		};
		read().unwrap_or_else(|refusal| match refusal {
			Refusal::InvalidName(why) => Admission::InvalidName(why),
			_ => Admission::Corrupt,
		})
	}

	/// Everything about the acceptance of a name but its proof and its statement.
	pub fn admit_acceptance(request: Request) -> Result<Admissible, Refusal> {
		let admissible = Self::examine(request)?;
		let action = match admissible.road {
			Road::Free { assigned: None, .. } => return Err(Refusal::NotOffered),
			Road::Free { .. } => Action::Claim,
			Road::Released(_) => Action::TakeBack,
			Road::HandedOver(_) => Action::Accept,
			Road::Repeated => return Ok(admissible),
		};
		ensure!(R::allows(&action), Refusal::NotAllowed);
		Ok(admissible)
	}

	/// What the state and the rules say to a request. They are asked in the order of what they cost.
	fn examine(request: Request) -> Result<Admissible, Refusal> {
		let name = Name::try_from(&request.name[..]).map_err(Refusal::InvalidName)?;
		let place = Self::writable(record_key(&name))?;
		let now = Self::now();
		let road = match Self::record_at(&place)? {
			// The key too: two keys with one ID would be a collision of SHA-1.
			Some(record) if record.id == request.id && record.key[..] == request.key[..] => {
				let road = Road::Repeated;
				return Ok(Admissible { request, name, place, road, spent: false });
			},
			Some(record) => {
				let offered = Self::hand_over_at(&place)?
					.is_some_and(|offer| offer.to == request.id && now <= offer.deadline);
				ensure!(offered, Refusal::NameTaken);
				Road::HandedOver(record)
			},
			None => Self::free_road(&place, &request.id)?,
		};
		R::check_name(&name).map_err(Refusal::InvalidName)?;
		R::admit(&request)?;
		ensure!(Self::name_in(place.store, &request.id)?.is_none(), Refusal::IdTaken);
		let spent = Self::is_marked(&place, &request.id);
		Ok(Admissible { request, name, place, road, spent })
	}

	/// How an ID comes to a name that nobody has. What the council says about it comes first, then the
	/// right of whoever released it.
	fn free_road(place: &Place, id: &JamiId) -> Result<Road, Refusal> {
		let now = Self::now();
		let free_from = Self::free_from(place)?;
		let ended_before = free_from.is_some();
		match Self::reservation_at(place)? {
			// From the next block on: no record of a name has another's block and sequence.
			Some(r) if r.assigned_to == Some(*id) && r.since < now => {
				return Ok(Road::Free { ended_before, assigned: Some(r) });
			},
			Some(_) => return Err(Refusal::Reserved),
			None => (),
		}
		if free_from.is_some_and(|free_from| now < free_from) {
			return match Self::take_back_at(place)? {
				Some(release) if release.by == *id && release.since < now => {
					Ok(Road::Released(release))
				},
				_ => Err(Refusal::CoolingDown),
			};
		}
		Ok(Road::Free { ended_before, assigned: None })
	}

	/// Verifies the proof and writes the record, if it is not there already.
	pub fn register(
		admissible: Admissible,
		payer: &Payer<T::AccountId>,
	) -> Result<Registration, Refusal> {
		Self::take(admissible, None, payer)
	}

	/// Verifies the proof and the key's statement that it takes the name now, and writes the record.
	pub fn accept(
		admissible: Admissible,
		statement: &[u8],
		payer: &Payer<T::AccountId>,
	) -> Result<Registration, Refusal> {
		Self::take(admissible, Some(statement), payer)
	}

	fn take(
		admissible: Admissible,
		statement: Option<&[u8]>,
		payer: &Payer<T::AccountId>,
	) -> Result<Registration, Refusal> {
		let Admissible { request, name, place, road, .. } = admissible;
		let Request { id, key, signature, .. } = request;
		let public = PublicKey::from_der(&key).map_err(Refusal::InvalidKey)?;
		ensure!(public.id() == id, Refusal::KeyMismatch);
		public.verify(name.as_bytes(), &signature).map_err(Refusal::InvalidSignature)?;
		if let Some(signature) = statement {
			let (action, block, sequence) = match &road {
				Road::Repeated => return Ok(Registration::Unchanged),
				Road::HandedOver(record) => (Action::Accept, record.block, record.sequence),
				Road::Released(release) => (Action::TakeBack, release.since, 0),
				Road::Free { assigned, .. } => {
					(Action::Claim, assigned.as_ref().ok_or(Refusal::NotOffered)?.since, 0)
				},
			};
			Self::ensure_signed(&public, &action, &name, block, sequence, signature)?;
		}

		let now = Self::now();
		let mut record = NameRecord {
			name: name.clone(),
			id,
			key: key.try_into().map_err(|_| Refusal::Corrupt)?,
			signature: signature.try_into().map_err(|_| Refusal::Corrupt)?,
			block: now,
			sequence: 0,
		};
		let reverse = Self::set_reverse(&record)?;
		let marks = |ids: &[JamiId]| -> Vec<_> {
			ids.iter().filter_map(|id| Self::mark(&place, id)).collect()
		};
		match road {
			Road::Repeated => Ok(Registration::Unchanged),
			Road::HandedOver(from) => {
				// Were it zero again, what was signed about an earlier record of this block would hold.
				record.sequence = from.sequence.checked_add(1).ok_or(Refusal::Corrupt)?;
				let mut batch = vec![
					Self::set_record(&place, &record)?,
					reverse,
					Self::remove_word(hand_over_key(&place.key)),
				];
				batch.extend(Self::forget_reverse(&place, &from));
				batch.extend(marks(&[from.id, id]));
				Self::write(&place, batch, payer)?;
				Ok(Registration::TakenOver(name, from.id))
			},
			Road::Released(_) | Road::Free { .. } => {
				let mut batch = vec![Self::set_record(&place, &record)?, reverse];
				batch.extend(marks(&[id]));
				if !matches!(road, Road::Free { ended_before: false, .. }) {
					batch.extend(Self::forget_ending(&place)?);
				}
				Self::write(&place, batch, payer)?;
				if matches!(road, Road::Free { assigned: Some(_), .. }) {
					// An assignment holds once; the name stays the council's to give. Whoever registers
					// does not pay for that.
					let left = Reservation { assigned_to: None, since: now };
					let left = Self::set_word(reservation_key(&place.key), &left)?;
					Self::write(&place, vec![left], &Self::nobody()?)?;
				}
				Ok(Registration::New(name))
			},
		}
	}
}
