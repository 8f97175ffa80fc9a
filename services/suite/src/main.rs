fn main() -> std::process::ExitCode {
    sanben::run(std::env::args_os())
}
