//! Generates the gRPC service from `proto/`, with the compiler that a crate carries.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // SAFETY: a build script is single-threaded up to here.
    unsafe { std::env::set_var("PROTOC", protoc_bin_vendored::protoc_bin_path()?) };
    tonic_prost_build::configure()
        .build_client(false)
        .compile_protos(&["proto/shipping.proto"], &["proto"])?;
    // A migration added without a change of code must still reach the binary.
    println!("cargo:rerun-if-changed=migrations");
    Ok(())
}
