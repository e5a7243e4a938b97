// The crate dotenv, which dotenvy was made from. usage: dotenv FILE RUNS
extern crate dotenv;

use std::collections::HashMap;
use std::time::Duration;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
}

fn spent() -> f64 {
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    // 2 is the processor time of the process.
    unsafe { clock_gettime(2, &mut time) };
    Duration::new(time.seconds as u64, time.nanoseconds as u32).as_secs_f64()
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runs: usize = arguments[2].parse().unwrap();
    let mut seconds = Vec::new();
    let mut values = HashMap::new();
    for _ in 0..runs {
        let start = spent();
        #[allow(deprecated)]
        let found: HashMap<String, String> =
            dotenv::from_path_iter(&arguments[1]).unwrap().map(|pair| pair.unwrap()).collect();
        seconds.push(spent() - start);
        values = found;
    }
    println!(
        "{{\"seconds\": {:?}, \"keys\": {}, \"last\": \"{}\"}}",
        seconds,
        values.len(),
        values["LAST_KEY"]
    );
}
