# bkeepers/dotenv. usage: ruby ruby.rb FILE RUNS
require "dotenv"
require "json"

def spent
  Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
end

text = File.read(ARGV[0], encoding: "UTF-8")
values = nil
seconds = Integer(ARGV[1]).times.map do
  start = spent
  values = Dotenv::Parser.call(text)
  spent - start
end
puts JSON.generate(seconds: seconds, keys: values.size, last: values["LAST_KEY"])
