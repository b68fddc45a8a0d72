//! Lets `cargo xtask dist` put the app and the renderer of pages into the program: `STORY_HOME_KIT` names the file that holds both.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=STORY_HOME_KIT");
    println!("cargo::rustc-check-cfg=cfg(kit)");
    if let Ok(path) = std::env::var("STORY_HOME_KIT") {
        println!("cargo::rerun-if-changed={path}");
        println!("cargo::rustc-env=STORY_HOME_KIT={path}");
        println!("cargo::rustc-cfg=kit");
    }
}
