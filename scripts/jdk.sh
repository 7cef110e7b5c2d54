# Sourced by ./gatehouse and ./check: finds a JDK 25, wherever `java` points.
# Sets JDK to its home, or leaves it empty and JDK_LOOKED to what was looked at, one a line.

JDK_WANTED=25

# jdk_version HOME: the first number of its version, or nothing where it is no JDK.
jdk_version() {
  [ -x "$1/bin/java" ] || return 0
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
  fi
}

# jdk_try WHERE HOME: takes HOME where it is the JDK wanted, and notes it otherwise.
jdk_try() {
  [ -n "$2" ] || return 1
  jdk_found=$(jdk_version "$2")
  if [ "$jdk_found" = "$JDK_WANTED" ]; then
    JDK=$2
    return 0
  fi
  if [ -n "$jdk_found" ]; then
    JDK_LOOKED="$JDK_LOOKED  $1: $2 (version $jdk_found)
"
  elif [ -e "$2" ]; then
    JDK_LOOKED="$JDK_LOOKED  $1: $2 (not a JDK)
"
  else
    JDK_LOOKED="$JDK_LOOKED  $1: $2 (not there)
"
  fi
  return 1
}

find_jdk() {
  JDK=
  JDK_LOOKED=
  if [ -n "${JAVA_HOME-}" ]; then
    jdk_try JAVA_HOME "$JAVA_HOME" && return 0
  else
    JDK_LOOKED="  JAVA_HOME: not set
"
  fi
  jdk_on_path=$(command -v java || :)
  if [ -n "$jdk_on_path" ]; then
    jdk_on_path=$(readlink -f "$jdk_on_path")
    jdk_try PATH "${jdk_on_path%/bin/java}" && return 0
  else
    JDK_LOOKED="$JDK_LOOKED  PATH: no java
"
  fi
  for jdk_home in /usr/lib/jvm/* "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/*; do
    case $jdk_home in
      *'/*') JDK_LOOKED="$JDK_LOOKED  ${jdk_home%/\*}: nothing there
" ;;
      *) [ -d "$jdk_home" ] && jdk_try "${jdk_home%/*}" "$jdk_home" && return 0 ;;
    esac
  done
  return 1
}

# require_jdk: find_jdk, or an explanation and the end.
require_jdk() {
  find_jdk && return 0
  {
    echo "gatehouse: no JDK $JDK_WANTED was found. Looked at:"
    printf %s "$JDK_LOOKED"
    echo "Install one (https://adoptium.net/temurin/releases/?version=$JDK_WANTED), or set JAVA_HOME to the one you have."
  } >&2
  exit 1
}
