#!/bin/sh
# After the array, whatever became of its tasks: takes the runs into the catalogue, then calibrates, simulates, trains and reports.
#   sbatch --dependency=afterany:ARRAY report.sh PLAN LAB OUT [OPTIONS of colocate run]
# The lake must be OUT/lake. Missing chunks are named in the log, to be submitted again; so is this script, which goes on where it ended.
#SBATCH --job-name=colocate-report
#SBATCH --output=colocate-report-%j.log
colocate=${COLOCATE:-colocate} plan=$1 lab=$2 out=$3
shift 3
"$colocate" commit "$plan" --lake "$out/lake" --format json
code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then exit "$code"; fi
if [ -n "$("$colocate" plan "$lab" --lake "$out/lake" --chunks 1 --quiet | sed -n 's/.*"chunks":1,.*/unfinished/p')" ]; then
    echo "some runs are not in the lake yet: submit the chunks named above again, then this" >&2
    exit 3
fi
"$colocate" run "$lab" --out "$out" --jobs "${SLURM_CPUS_PER_TASK:-1}" "$@"
code=$?
[ "$code" -eq 3 ] && exit 0
exit "$code"
