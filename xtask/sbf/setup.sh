#!/usr/bin/env bash
# Sets up a compiler for Solana programs (sBPF v3) from package registries alone:
# Debian 12's packages, libllvm23 of Debian unstable, and crates.io. It is what
# `cargo xtask sbf` calls; by hand:
#
#   xtask/sbf/setup.sh             sets up ${SBF_HOME:-/opt/sbf}
#   xtask/sbf/cargo-sbf build …    compiles with it
#
# Needs rustup's cargo on PATH, and root (or sudo) for apt-get. Takes two to four
# minutes once, and no time when what it made still fits: the stamp that it leaves
# is the hash of this folder and of the compiler's version. rustc-web takes the
# place of Debian's own rustc; rustup's toolchains are not touched.
#
# Keep the default folder: the standard library's path is part of the code's symbol
# names, so only toolchains in the same place build equal programs bit for bit.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${SBF_HOME:-/opt/sbf}
log=$home/setup.log

# The versions that the committed program ELFs were built with. Where a registry no
# longer has one of the Debian versions, setup takes what there is and notes it in
# the file `drift`: the ELFs may then differ from the committed ones.
rust_version='1.96.0+dfsg1-1~deb12u2'
llvm_version='1:23.1.4-2'
linker_version='0.2.6'
rust_packages=(rustc-web cargo-web rust-web-src)

say() { echo "sbf: $*" >&2; }
die() { say "$@"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo > /dev/null; then sudo "$@"
  else die "needs root for: $*"
  fi
}

exec 8>&2 # kept for `failed`: steps write to the log
current=
failed() {
  [ $? = 0 ] || [ -z "$current" ] && return
  { echo "sbf: failed at \"$current\"; the end of $log:"; tail -n 20 "$log"; } >&8
}
trap failed EXIT

# Shows what is under way, keeps its output in the log, and says how long it took.
step() {
  local title=$1 start=$SECONDS; shift
  current=$title
  say "$title …"
  echo "== $title" >> "$log"
  "$@" >> "$log" 2>&1
  current=
  say "  done in $((SECONDS - start)) s"
}

installed() { dpkg-query -W -f '${db:Status-Abbrev} ${Version}' "$1" 2> /dev/null | sed -n 's/^ii *//p'; }

stamp() {
  (cd "$here" && find . -type f -not -path '*/target/*' -print0 | sort -z | xargs -0 sha256sum)
  for package in "${rust_packages[@]}"; do echo "$package $(installed "$package")"; done
}

note_drift() { # package, version found, version pinned
  [ "$2" = "$3" ] && return
  echo "$1 is $2, the committed ELFs were built with $3" | tee -a "$home/drift.new" >&2
}

# 1. rustc and cargo 1.96 with the standard library's source.
install_rust() {
  local package
  local -a missing=()
  for package in "${rust_packages[@]}"; do
    [ "$(installed "$package")" = "$rust_version" ] || missing+=("$package=$rust_version")
  done
  [ ${#missing[@]} = 0 ] && return
  as_root apt-get update -qq
  local -a install=(env DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends --allow-downgrades)
  if apt-cache madison rustc-web | awk '{ print $3 }' | grep -qxF "$rust_version"; then
    as_root "${install[@]}" "${missing[@]}"
  elif [ -z "$(installed rustc-web)" ]; then
    as_root "${install[@]}" "${rust_packages[@]}"
  fi
}

# 2. LLVM 23: its BPF back end passes more than five arguments and returns 128-bit
#    integers. Unpacked from Debian unstable, with the libraries it needs, into a
#    folder of its own: nothing of the system is replaced.
install_llvm() {
  local mirror suite deb wanted found=
  local -a apt
  [ "$(cat "$home/llvm/version" 2> /dev/null)" = "$llvm_version" ] && return
  rm -rf "$home/llvm" "$home/apt"
  mkdir -p "$home"/llvm/only "$home"/apt/{state/lists/partial,cache/archives/partial}
  mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "bookworm" { print $2; exit }')
  [ -n "$mirror" ] || { echo 'apt has no source for bookworm'; return 1; }
  : > "$home/apt/status"
  apt=(-o Dir::Etc::SourceList="$home/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
       -o Dir::State="$home/apt/state" -o Dir::State::status="$home/apt/status"
       -o Dir::Cache="$home/apt/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none
       -o Acquire::Check-Valid-Until=false) # an old list is no danger: the version is pinned
  # Unstable first; testing keeps a version for longer; then whatever unstable has.
  for wanted in "sid $llvm_version" "testing $llvm_version" 'sid any'; do
    suite=${wanted% *} wanted=${wanted#* }
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
      > "$home/apt/sources.list"
    apt-get "${apt[@]}" update -qq
    found=$(apt-cache "${apt[@]}" madison libllvm23 | awk 'NR == 1 { print $3 }')
    [ -n "$found" ] && { [ "$wanted" = any ] || [ "$wanted" = "$found" ]; } && break
  done
  apt-get "${apt[@]}" install -y -qq --download-only --no-install-recommends "libllvm23=$found"
  for deb in "$home"/apt/cache/archives/*.deb; do dpkg -x "$deb" "$home/llvm"; done
  rm -rf "$home/apt"
  ln -sf "$home"/llvm/usr/lib/x86_64-linux-gnu/libLLVM.so.23* "$home/llvm/only/"
  echo "$found" > "$home/llvm/version"
}

# 3. The linker, run with that LLVM and the C library it was built for.
install_linker() {
  local libs=$home/llvm/usr/lib/x86_64-linux-gnu
  # cargo takes its own note of what it installed for the thing itself.
  [ -x "$home/cargo/bin/sbpf-linker" ] || rm -rf "$home/cargo"
  env -u CARGO_TARGET_DIR -u RUSTFLAGS -u LD_LIBRARY_PATH \
    cargo install --locked sbpf-linker --version "$linker_version" --root "$home/cargo"
  mkdir -p "$home/bin"
  cat > "$home/bin/sbpf-linker" <<WRAPPER
#!/bin/sh
exec env LD_LIBRARY_PATH="$home/llvm/only" "$libs/ld-linux-x86-64.so.2" \\
  --library-path "$home/llvm/only:$libs" "$home/cargo/bin/sbpf-linker" "\$@"
WRAPPER
  chmod +x "$home/bin/sbpf-linker"
  "$home/bin/sbpf-linker" --version
}

# 4. The standard library for os "solana": upstream std has no such platform, so a
#    copy treats it like the other one with nothing below it (zkvm). Programs bring
#    their own allocator, and hash keys are constant: there is no entropy.
patch_std() {
  local std=$home/std/library/std/src file
  rm -rf "$home/std" && mkdir -p "$home/std"
  cp -r /usr/lib/rustlib/src/rust/library "$home/std/"
  grep -rlZ 'target_os = "zkvm"' "$std" |
    xargs -0 sed -i 's/target_os = "zkvm"/any(target_os = "zkvm", target_os = "solana")/g'
  sed -i 's/^    target_arch = "hexagon",/&\n    target_arch = "bpf",/' "$std/sys/alloc/mod.rs"
  sed -i 's/^    pub fn new() -> RandomState {/&\n        #[cfg(target_os = "solana")]\n        return RandomState { k0: 0, k1: 0 };/' "$std/hash/random.rs"
  for file in sys/pal/mod.rs sys/alloc/mod.rs sys/random/mod.rs sys/stdio/mod.rs hash/random.rs; do
    grep -q 'target_os = "solana"' "$std/$file" || {
      echo "std/src/$file of this rustc is not as this recipe knows it"; return 1; }
  done
  grep -q 'target_arch = "bpf"' "$std/sys/alloc/mod.rs"
}

# 5. Compiler builtins, given to the linker before Rust's own.
build_builtins() {
  local out=$home/builtins/target/sbpf-solana/release
  sed "s#@SBF_HOME@#$home#g" "$here/sbpf-solana.json" > "$home/sbpf-solana.json"
  rm -rf "$home/builtins" "${home:?}/lib" && mkdir -p "$home/lib"
  cp -r "$here/builtins" "$home/builtins"
  SBF_HOME=$home "$here/cargo-sbf" core-only build --release --locked \
    --manifest-path "$home/builtins/Cargo.toml"
  cp "$out/libsbf_builtins.rlib" "$home/lib/"
  cp "$out"/deps/libsolana_compiler_builtins-*.rlib "$home/lib/libsolana_compiler_builtins.rlib"
  rm -rf "$home/builtins"
}

ready() { [ -e "$home/stamp" ] && [ "$(cat "$home/stamp")" = "$(stamp)" ]; }

ready && exit 0
[ "$(uname -sm)" = 'Linux x86_64' ] || die 'this toolchain is for Linux on x86_64'
. /etc/os-release
[ "${VERSION_CODENAME:-}" = bookworm ] ||
  die "this toolchain comes from Debian 12 (bookworm), and this is ${PRETTY_NAME:-unknown}"
[ "${home#/}" != "$home" ] || die "SBF_HOME must be an absolute path, not $home"
command -v cargo > /dev/null || die 'cargo is missing: install rustup first'
mkdir -p "$home" 2> /dev/null ||
  as_root install -d -o "$(id -u)" -g "$(id -g)" "$home"
[ -w "$home" ] || die "cannot write to $home: change its owner, or set SBF_HOME"

exec 9> "$home/lock"
flock -n 9 || { say "$home is in use by another setup or build; waiting for it"; flock 9; }
ready && exit 0
rm -f "$home/stamp" "$home/drift.new"
: > "$log"
say "setting up the sBPF toolchain in $home (once, two to four minutes)"
step "1/5 rustc $rust_version from Debian" install_rust
step "2/5 LLVM $llvm_version from Debian unstable" install_llvm
step "3/5 sbpf-linker $linker_version from crates.io" install_linker
step '4/5 standard library for os "solana"' patch_std
step '5/5 compiler builtins' build_builtins
for package in "${rust_packages[@]}"; do
  note_drift "$package" "$(installed "$package")" "$rust_version"
done
note_drift libllvm23 "$(cat "$home/llvm/version")" "$llvm_version"
rm -f "$home/drift"
[ ! -e "$home/drift.new" ] || mv "$home/drift.new" "$home/drift"
stamp > "$home/stamp"
say "ready in $home"
