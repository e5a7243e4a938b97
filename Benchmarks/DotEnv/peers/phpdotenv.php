<?php
// vlucas/phpdotenv. usage: php phpdotenv.php FILE RUNS
require '/usr/share/php/Dotenv/autoload.php';

function spent(): float
{
    $usage = getrusage();
    return $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']
        + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e6;
}

ini_set('memory_limit', '-1');
ini_set('pcre.backtrack_limit', '-1');
$text = file_get_contents($argv[1]);
$seconds = [];
for ($run = 0; $run < (int) $argv[2]; $run++) {
    $start = spent();
    $values = Dotenv\Dotenv::parse($text);
    $seconds[] = spent() - $start;
}
echo json_encode(['seconds' => $seconds, 'keys' => count($values), 'last' => $values['LAST_KEY']]), "\n";
