//! Generates the Rust of the contract in `proto/`. Needs no protoc: protox compiles the files.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../../proto").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());

    let mut files = Vec::new();
    collect(&root.join("sanben"), &mut files)?;
    files.sort();
    let mut compiler = protox::Compiler::new([&root])?;
    compiler.include_imports(true).include_source_info(true).open_files(&files)?;
    // The decoded form would lose the options of our own, so the encoded bytes are what everything else reads.
    let bytes = compiler.encode_file_descriptor_set();
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("descriptors.binpb"), &bytes)?;

    let contract = prost_types_of(&bytes)?;
    let mut config = tonic_prost_build::Config::new();
    config.enable_type_names();
    // The vocabulary of the contract is also the vocabulary of the rules, and rules are stored. Named one by one: a prefix takes in
    // choices between messages, too.
    for file in contract.file.iter().filter(|file| file.package().starts_with("sanben.")) {
        for words in &file.enum_type {
            let name = format!(".{}.{}", file.package(), words.name());
            config.enum_attribute(name, "#[derive(::serde::Serialize, ::serde::Deserialize)]");
        }
    }
    tonic_prost_build::configure().emit_rerun_if_changed(false).compile_fds_with_config(contract, config)?;
    Ok(())
}

fn prost_types_of(bytes: &[u8]) -> Result<tonic_prost_build::FileDescriptorSet, prost::DecodeError> {
    tonic_prost_build::FileDescriptorSet::decode(bytes)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|kind| kind == "proto") {
            files.push(path);
        }
    }
    Ok(())
}
