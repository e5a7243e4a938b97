// joho/godotenv. usage: godotenv FILE RUNS
package main

import (
	"encoding/json"
	"os"
	"strconv"
	"syscall"

	"github.com/joho/godotenv"
)

func spent() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	runs, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	var seconds []float64
	var values map[string]string
	for run := 0; run < runs; run++ {
		start := spent()
		values, err = godotenv.Unmarshal(string(text))
		if err != nil {
			panic(err)
		}
		seconds = append(seconds, spent()-start)
	}
	err = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"seconds": seconds, "keys": len(values), "last": values["LAST_KEY"],
	})
	if err != nil {
		panic(err)
	}
}
