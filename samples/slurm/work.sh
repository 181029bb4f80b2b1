#!/bin/sh
# One chunk of a plan, as a task of a job array:
#   sbatch --array=0-499%64 work.sh PLAN LAKE
# Slurm starts a task again when its node fails; that does no harm, whatever of it was done before.
#SBATCH --job-name=colocate
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=colocate-%A_%a.log
"${COLOCATE:-colocate}" work "$1" --lake "$2" --chunk "$SLURM_ARRAY_TASK_ID" --jobs "${SLURM_CPUS_PER_TASK:-1}"
code=$?
# 3: done, but some input was lossy or set aside. It stands in the log and in the lake; the task did its work.
[ "$code" -eq 3 ] && exit 0
exit "$code"
