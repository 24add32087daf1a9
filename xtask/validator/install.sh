#!/usr/bin/env bash
# Builds the real solana-test-validator from crates.io (20 to 30 minutes on two
# cores) into ${VALIDATOR_HOME:-~/.cache/solana-test-validator}. Does nothing where
# it stands already in the right version. Needs cargo, and root (or sudo) for
# apt-get where a build tool is missing. `cargo xtask e2e` calls it.
set -euo pipefail
version=4.0.0
home=${VALIDATOR_HOME:-$HOME/.cache/solana-test-validator}
binary=$home/bin/solana-test-validator
packages=(build-essential clang cmake libclang-dev libssl-dev libudev-dev pkg-config protobuf-compiler)

if [ -x "$binary" ] && "$binary" --version | grep -qF " $version "; then exit 0; fi

if command -v apt-get > /dev/null && ! dpkg -s "${packages[@]}" > /dev/null 2>&1; then
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}"
fi

echo "validator: building solana-test-validator $version into $home (20 to 30 minutes, once)" >&2
# It only serves tests: compiled for a short build, not for speed.
env -u CARGO_TARGET_DIR -u RUSTFLAGS -u LD_LIBRARY_PATH \
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
  cargo install agave-validator --version "$version" --bin solana-test-validator --locked \
  --force --root "$home"
"$binary" --version
