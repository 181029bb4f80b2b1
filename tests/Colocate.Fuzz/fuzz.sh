#!/usr/bin/env bash
# Fuzzes every target, one after the other, with afl-fuzz on the product's own code, instrumented by SharpFuzz.
#   fuzz.sh SECONDS [TARGET...]          so many seconds in all, shared alike; at the lowest priority
# Needs Debian's afl++; fetches the tool SharpFuzz.CommandLine. What is found goes to artifacts/fuzz/TARGET/default/crashes and hangs and
# is tried again without the fuzzer, for a busy machine makes it see crashes and hangs where there are none; a file that shows a defect again is named, and belongs into
# tests/corpus/found/TARGET, where the tests replay it.
set -euo pipefail
export LC_ALL=C DOTNET_NOLOGO=1 AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_HANG_TMOUT=30000
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${1:?"usage: fuzz.sh SECONDS [TARGET...]"}
shift
command -v afl-fuzz >/dev/null || { echo "missing: afl-fuzz, of Debian's afl++" >&2; exit 2; }

out=$root/artifacts/fuzz
mkdir -p "$out"
[[ -x $out/tool/sharpfuzz ]] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tool" >/dev/null
dotnet build "$here" --configuration Release --verbosity quiet --nologo -consoleLoggerParameters:ErrorsOnly
# A copy is instrumented: what was built stays as it is.
rm -rf "${out:?}/bin"
cp -r "$root/artifacts/bin/Colocate.Fuzz/release" "$out/bin"
"$out/tool/sharpfuzz" "$out/bin/Colocate.Ingest.dll"

mapfile -t targets < <(if (($#)); then printf '%s\n' "$@"; else dotnet "$root/artifacts/bin/Colocate.Fuzz/release/Colocate.Fuzz.dll" list | cut -d' ' -f1; fi)
each=$((seconds / ${#targets[@]}))
for target in "${targets[@]}"; do
    seeds=$out/seeds/$target
    rm -rf "$seeds" "${out:?}/$target"
    mkdir -p "$seeds"
    read -r -a folders < <(dotnet "$root/artifacts/bin/Colocate.Fuzz/release/Colocate.Fuzz.dll" list | sed -n "s/^$target //p")
    n=0
    for folder in "${folders[@]}" "found/$target"; do
        for file in "$root/tests/corpus/$folder"/*; do
            # Large seeds take long and teach little.
            if [[ -f $file && $file != *.expected.txt && $file != *.md && $(stat -c %s "$file") -le 65536 ]]; then
                cp "$file" "$seeds/$((n++))"
            fi
        done
    done
    nice -n 19 afl-fuzz -i "$seeds" -o "$out/$target" -V "$each" -t 30000+ -m none -- dotnet "$out/bin/Colocate.Fuzz.dll" run "$target" >"$out/$target.log" 2>&1 ||
        { tail -20 "$out/$target.log" >&2; exit 1; }
    awk -F' *: *' -v target="$target" '{ f[$1] = $2 } END { printf "%s: %s executions in %s s, %s crashes, %s hangs", target, f["execs_done"], f["run_time"], f["saved_crashes"], f["saved_hangs"] }' "$out/$target/default/fuzzer_stats"
    again=0
    for file in "$out/$target"/default/{crashes,hangs}/id*; do
        if [[ -f $file ]] && ! timeout 60 dotnet "$root/artifacts/bin/Colocate.Fuzz/release/Colocate.Fuzz.dll" replay "$target" "$file" >/dev/null 2>&1; then
            printf '\n    again: %s' "$file"
            again=$((again + 1))
        fi
    done
    printf '; %s of them again\n' "$again"
done
