// What joho/godotenv reads: one line of JSON for every file named, null for one that it refuses, with the reason on standard error.
// Keys to values in base64, for JSON strings hold no bytes.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	"github.com/joho/godotenv"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, path := range os.Args[1:] {
		values, err := godotenv.Read(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, path, err)
			values = nil
		}
		for key, value := range values {
			values[key] = base64.StdEncoding.EncodeToString([]byte(value))
		}
		if err := out.Encode(values); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
