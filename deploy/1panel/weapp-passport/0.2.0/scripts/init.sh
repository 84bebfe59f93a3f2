#!/bin/bash
# 1Panel runs this in the folder of the installation before the containers start.
set -eu
install -d -o 1000 -g 1000 -m 700 data backup
