#!/bin/sh
# Finds a Python that fits (3.11 or newer) and hands over to packaging/prepare.py or lock.py.
# Usage: packaging/setup.sh run|test|bench|lock
set -eu
cd "$(dirname "$0")/.."

fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} .venv/bin/python python3.13 python3.12 python3.11 python3 \
        python3.14 python \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1-9]*/bin/python3 \
        /opt/homebrew/bin/python3.1[1-9] /usr/local/bin/python3.1[1-9]; do
        if fits "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

install_python() {
    if command -v apt-get >/dev/null; then
        command="apt-get install -y python3 python3-venv"
    elif command -v dnf >/dev/null; then
        command="dnf install -y python3"
    else
        command="brew install python@3.13"
    fi
    if [ "$(id -u)" = 0 ] && [ "${command#brew}" = "$command" ]; then
        echo "No Python 3.11 or newer here. Installing: $command"
        case $command in apt-get*) apt-get update -q >/dev/null ;; esac
        DEBIAN_FRONTEND=noninteractive $command >/dev/null
    else
        case $command in brew*) ;; *) command="sudo $command" ;; esac
        echo "BillOps needs Python 3.11 or newer, and none was found. Install it with:"
        echo "    $command"
        exit 1
    fi
}

python=$(find_python) || {
    install_python
    python=$(find_python) || {
        echo "The system's own Python is older than 3.11. Install a newer one, then name it:"
        echo "    make run PYTHON=/path/to/python3.13"
        exit 1
    }
}
case $1 in
    lock) exec "$python" packaging/lock.py ;;
    *) exec "$python" packaging/prepare.py "$1" ;;
esac
