//! Times every way of the guest, in the node's executor and in native.
//!
//! `proof-bench GUEST.wasm REGISTRATIONS.json [RUNS [WAY...]]`; prints median and minimum of RUNS runs.

use base64::{engine::general_purpose::STANDARD, Engine};
use num_bigint::BigUint;
use proof_bench_guest::{run, WAYS};
use sc_executor_common::runtime_blob::RuntimeBlob;
use sc_executor_wasmtime::{
	create_runtime, Config, HeapAllocStrategy, InstantiationStrategy, Semantics, WasmModule,
};
use std::{error::Error, time::Instant};

/// Rounds in one run; what a call costs by itself is measured with none and taken off.
const ROUNDS: u32 = 20;

fn main() -> Result<(), Box<dyn Error>> {
	let args: Vec<String> = std::env::args().skip(1).collect();
	let [wasm, json, rest @ ..] = &args[..] else {
		return Err("usage: proof-bench GUEST.wasm REGISTRATIONS.json [RUNS [WAY...]]".into());
	};
	let runs: usize = rest.first().map_or(Ok(51), |runs| runs.parse())?;
	let only = rest.get(1..).unwrap_or_default();

	let registrations: serde_json::Value = serde_json::from_slice(&std::fs::read(json)?)?;
	let field = |name: &str| registrations[0][name].as_str().ok_or("a field is missing");
	let der = hex::decode(field("spki_der_hex")?)?;
	let signature = STANDARD.decode(field("signature")?)?;
	let rest = [&der[..], &signature, field("name")?.as_bytes()].concat();
	let data = |rounds: u32| [&rounds.to_le_bytes()[..], &rest].concat();
	let right = BigUint::from_bytes_be(&signature)
		.modpow(&BigUint::from(65537u32), &BigUint::from_bytes_be(&der[33..545]))
		.to_bytes_be();

	// As sc-executor has it.
	let heap_alloc_strategy = HeapAllocStrategy::Static { extra_pages: 2048 };
	let semantics = Semantics {
		heap_alloc_strategy,
		instantiation_strategy: InstantiationStrategy::PoolingCopyOnWrite,
		deterministic_stack_limit: None,
		canonicalize_nans: false,
		parallel_compilation: true,
		wasm_multi_value: false,
		wasm_bulk_memory: false,
		wasm_reference_types: false,
		wasm_simd: false,
	};
	let config = Config { allow_missing_func_imports: false, cache_path: None, semantics };
	let blob = RuntimeBlob::uncompress_if_needed(&std::fs::read(wasm)?)?;
	let runtime = create_runtime::<()>(blob, config)?;
	let mut instance = runtime.new_instance(heap_alloc_strategy)?;

	println!("ms, median (minimum) of {runs} runs of {ROUNDS} rounds\n");
	println!("{:<22} {:>18} {:>18}", "way", "wasm", "native");
	for (name, way) in WAYS {
		if !only.is_empty() && !only.iter().any(|only| only == name) {
			continue;
		}
		let result = instance.call(name, &data(1))?;
		if !name.starts_with("sha") && !result.ends_with(&right) && result != signature {
			return Err(format!("{name} is wrong in wasm").into());
		}
		if result != run(*way, &data(1)) {
			return Err(format!("{name} differs in native").into());
		}
		let in_wasm = times(runs, |rounds| instance.call(name, &data(rounds)).map(drop))?;
		let in_native = times(runs, |rounds| {
			run(*way, &data(rounds));
			Ok::<(), Box<dyn Error>>(())
		})?;
		println!("{name:<22} {in_wasm:>18} {in_native:>18}");
	}
	Ok(())
}

/// Milliseconds of one round: the median and the minimum.
fn times<E>(runs: usize, mut f: impl FnMut(u32) -> Result<(), E>) -> Result<String, E> {
	let mut time = |rounds: u32| -> Result<f64, E> {
		let start = Instant::now();
		f(rounds)?;
		Ok(start.elapsed().as_secs_f64() * 1e3)
	};
	let (mut empty, mut full) = (Vec::new(), Vec::new());
	for _ in 0..runs {
		empty.push(time(0)?);
		full.push(time(ROUNDS)?);
	}
	empty.sort_by(f64::total_cmp);
	full.sort_by(f64::total_cmp);
	let round = |at: usize| (full[at] - empty[at]) / f64::from(ROUNDS);
	Ok(format!("{:.4} ({:.4})", round(runs / 2), round(0)))
}
