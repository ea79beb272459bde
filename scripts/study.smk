# SPDX-License-Identifier: Apache-2.0
# Copyright (C) 2026 the Cutis authors
#
# The jobs of a campaign, as cutis_campaign.py has written them: one rule, whose output is a file that says that all runs of the job
# have ended, well or not. Never their folders, which Snakemake would delete, checkpoints and all, before it runs a job again.
# What is to be run is decided before, by checksums; Snakemake shares out cores and hands jobs to a batch system.
JOBS = {name: int(ranks) for name, _, ranks in (word.partition("=") for word in open("jobs.txt").read().split())}

rule all:
    input: [f"{job}.end" for job in JOBS]

rule simulate:
    output: "{job}.end"
    threads: lambda wildcards: JOBS[wildcards.job]
    params: python=config["python"], script=config["script"]
    shell: "{params.python:q} {params.script:q} {wildcards.job}.json"
