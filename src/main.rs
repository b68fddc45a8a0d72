//! The binary that trunk builds: puts the app into the page.

fn main() {
    story_home::mount();
}
