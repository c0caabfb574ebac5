//! The encoding of calls and extensions: what was once released under a `transaction_version` keeps its
//! encoding while that stays, since a proposal made under another one is void, and old clients go on
//! signing. Additions pass.

use super::*;
use scale_info::{form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef};
use std::collections::BTreeSet;

/// The version, and a line for each call, extension, and type in them.
const PINNED: &str = include_str!("encoding.txt");

/// Writes what is encoded of a type, and of the types in it, each once.
struct Description {
	registry: PortableRegistry,
	seen: BTreeSet<u32>,
	lines: BTreeSet<String>,
}

type Field = scale_info::Field<PortableForm>;

impl Description {
	fn of(roots: &[MetaType]) -> Self {
		let mut registry = Registry::new();
		let ids: Vec<u32> = roots.iter().map(|root| registry.register_type(root).id).collect();
		let registry = registry.into();
		let mut it = Self { registry, seen: BTreeSet::new(), lines: BTreeSet::new() };
		ids.into_iter().for_each(|id| it.add(id));
		it
	}

	/// A type as its users write it.
	fn name(&self, id: u32) -> String {
		let ty = self.registry.resolve(id).expect("it is registered");
		let names = |ids: &mut dyn Iterator<Item = u32>| {
			ids.map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
		};
		match &ty.type_def {
			TypeDef::Sequence(of) => format!("[{}]", self.name(of.type_param.id)),
			TypeDef::Array(of) => format!("[{}; {}]", self.name(of.type_param.id), of.len),
			TypeDef::Tuple(of) => format!("({})", names(&mut of.fields.iter().map(|of| of.id))),
			TypeDef::Compact(of) => format!("Compact<{}>", self.name(of.type_param.id)),
			TypeDef::Primitive(of) => format!("{of:?}"),
			TypeDef::BitSequence(_) => "bits".into(),
			TypeDef::Composite(_) | TypeDef::Variant(_) => {
				let of = names(&mut ty.type_params.iter().filter_map(|p| p.ty).map(|ty| ty.id));
				format!("{}<{of}>", ty.path)
			},
		}
	}

	fn fields(&self, fields: &[Field]) -> String {
		let one = |field: &Field| {
			let name = field.name.as_deref().unwrap_or("_");
			format!("{name}: {}", self.name(field.ty.id))
		};
		fields.iter().map(one).collect::<Vec<_>>().join(", ")
	}

	fn add(&mut self, id: u32) {
		if !self.seen.insert(id) {
			return;
		}
		let ty = self.registry.resolve(id).expect("it is registered").clone();
		let mut parts: Vec<u32> = vec![];
		let mut of_fields = |fields: &[Field]| parts.extend(fields.iter().map(|field| field.ty.id));
		let name = self.name(id);
		match &ty.type_def {
			TypeDef::Composite(of) => {
				of_fields(&of.fields);
				let line = format!("{name} {{ {} }}", self.fields(&of.fields));
				self.lines.insert(line);
			},
			TypeDef::Variant(of) => {
				for one in &of.variants {
					of_fields(&one.fields);
					let (number, variant) = (one.index, &one.name);
					let line = format!("{name} {number} {variant}({})", self.fields(&one.fields));
					self.lines.insert(line);
				}
			},
			TypeDef::Sequence(of) => parts.push(of.type_param.id),
			TypeDef::Array(of) => parts.push(of.type_param.id),
			TypeDef::Tuple(of) => parts.extend(of.fields.iter().map(|of| of.id)),
			TypeDef::Compact(of) => parts.push(of.type_param.id),
			TypeDef::Primitive(_) | TypeDef::BitSequence(_) => {},
		}
		parts.into_iter().for_each(|part| self.add(part));
	}
}

/// Everything that whoever signs has to encode, line by line.
fn encoding() -> BTreeSet<String> {
	use sp_runtime::traits::TransactionExtension;
	let extensions = <TxExtension as TransactionExtension<RuntimeCall>>::metadata();
	let roots = [MetaType::new::<RuntimeCall>(), MetaType::new::<TxExtension>()];
	let mut lines = Description::of(&roots).lines;
	let names: Vec<_> = extensions.iter().map(|one| one.identifier).collect();
	lines.insert(format!("transaction_version {}", VERSION.transaction_version));
	lines.insert(format!("extensions {}", names.join(" ")));
	lines
}

#[test]
fn what_is_pinned_of_calls_and_extensions_moves_with_the_transaction_version_alone() {
	let now = encoding();
	assert!(now.iter().any(|line| line.contains(" select_logic(")));
	let gone: Vec<_> = PINNED.lines().filter(|line| !now.contains(*line)).collect();
	if !gone.is_empty() || PINNED.is_empty() {
		let file = std::env::temp_dir().join("encoding.txt");
		let text: String = now.iter().map(|line| format!("{line}\n")).collect();
		std::fs::write(&file, text).unwrap();
		panic!(
			"the encoding of these moved: raise transaction_version, and pin {}: {gone:#?}",
			file.display()
		);
	}
}

#[test]
fn every_call_is_pinned_before_it_is_released() {
	let pinned: BTreeSet<_> = PINNED.lines().map(String::from).collect();
	let new: Vec<_> = encoding().difference(&pinned).cloned().collect();
	assert!(new.is_empty(), "pin these additions in encoding.txt too: {new:#?}");
}
