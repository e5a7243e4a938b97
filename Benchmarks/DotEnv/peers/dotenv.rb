# bkeepers/dotenv. usage: ruby dotenv.rb FILE RUNS
require "dotenv"
require "json"

text = File.read(ARGV[0])
values = nil
seconds = Array.new(ARGV[1].to_i) do
  start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
  values = Dotenv::Parser.new(text).call
  Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - start
end
puts JSON.generate(seconds: seconds, keys: values.size, last: values["LAST_KEY"])
