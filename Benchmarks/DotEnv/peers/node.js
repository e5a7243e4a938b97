// Node's own util.parseEnv, or motdotla/dotenv as one of the bundles of Playwright has it.
// usage: node node.js FILE RUNS [BUNDLE]
const fs = require('node:fs');
const [path, runs, bundle] = process.argv.slice(2);
const text = fs.readFileSync(path, 'utf8');
const parse = bundle ? require(bundle).dotenv.parse : require('node:util').parseEnv;
const seconds = [];
let values;
for (let run = 0; run < Number(runs); run++) {
  const start = process.cpuUsage();
  values = parse(text);
  const spent = process.cpuUsage(start);
  seconds.push((spent.user + spent.system) / 1e6);
}
console.log(JSON.stringify({ seconds, keys: Object.keys(values).length, last: values.LAST_KEY }));
