//! The encoding of calls and extensions moves together with `transaction_version`, or not at all: a
//! proposal made under another one is void.

use super::*;
use scale_info::{form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef, Variant};
use sp_io::hashing::blake2_256;
use std::collections::BTreeSet;

/// The version and the fingerprint that belongs to it.
const PINNED: (u32, &str) =
	(4, "0x9257e7c399a0bd054f88fc281bf18e07c5bcfb69a0416cf844de78f0853e8921");

/// Writes what is encoded of a type, and of the types in it, each once.
struct Description {
	registry: PortableRegistry,
	seen: BTreeSet<u32>,
	text: String,
}

impl Description {
	fn add(&mut self, id: u32) {
		if !self.seen.insert(id) {
			return;
		}
		let ty = self.registry.resolve(id).expect("it is registered").clone();
		let parts: Vec<u32> = match &ty.type_def {
			TypeDef::Composite(composite) => {
				composite.fields.iter().map(|field| field.ty.id).collect()
			},
			TypeDef::Variant(variants) => {
				for Variant { name, index, fields, .. } in &variants.variants {
					let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
					self.text += &format!("{} {index} {name} {names:?}\n", ty.path);
				}
				variants.variants.iter().flat_map(|v| v.fields.iter().map(|f| f.ty.id)).collect()
			},
			TypeDef::Sequence(sequence) => vec![sequence.type_param.id],
			TypeDef::Array(array) => {
				self.text += &format!("[{}]\n", array.len);
				vec![array.type_param.id]
			},
			TypeDef::Tuple(tuple) => tuple.fields.iter().map(|field| field.id).collect(),
			TypeDef::Compact(compact) => vec![compact.type_param.id],
			TypeDef::Primitive(primitive) => {
				self.text += &format!("{primitive:?}\n");
				vec![]
			},
			TypeDef::BitSequence(_) => vec![],
		};
		self.text += &format!("{} {}\n", ty.path, kind(&ty.type_def));
		for part in parts {
			self.add(part);
		}
	}
}

fn kind(def: &TypeDef<PortableForm>) -> &'static str {
	match def {
		TypeDef::Composite(_) => "composite",
		TypeDef::Variant(_) => "variant",
		TypeDef::Sequence(_) => "sequence",
		TypeDef::Array(_) => "array",
		TypeDef::Tuple(_) => "tuple",
		TypeDef::Primitive(_) => "primitive",
		TypeDef::Compact(_) => "compact",
		TypeDef::BitSequence(_) => "bits",
	}
}

#[test]
fn calls_and_extensions_move_with_the_transaction_version_alone() {
	let mut registry = Registry::new();
	let roots = [MetaType::new::<RuntimeCall>(), MetaType::new::<TxExtension>()]
		.map(|root| registry.register_type(&root).id);
	let mut description =
		Description { registry: registry.into(), seen: BTreeSet::new(), text: String::new() };
	for root in roots {
		description.add(root);
	}
	assert!(description.text.contains("select_logic"));
	let fingerprint = sp_core::bytes::to_hex(&blake2_256(description.text.as_bytes()), false);
	assert_eq!(
		(VERSION.transaction_version, fingerprint.as_str()),
		PINNED,
		"the encoding of calls or extensions moved: raise transaction_version and pin both"
	);
}
