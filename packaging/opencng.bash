# opencng.bash - completion of opencng's commands and arguments for bash.
#
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

_opencng()
{
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]-}

    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "run install uninstall status config test deps help" -- "$word")
        return
    fi
    if [ "$previous" = --prefix ]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
    fi
    case $command:$word in
        run:-*) mapfile -t COMPREPLY < <(compgen -W "--builtin --prefix --help" -- "$word") ;;
        run:*) compopt -o filenames 2>/dev/null
               mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        install:*) mapfile -t COMPREPLY < <(compgen -W "--without-ncrypt --prefix --help" -- "$word") ;;
        uninstall:* | status:*) mapfile -t COMPREPLY < <(compgen -W "--prefix --help" -- "$word") ;;
        config:-*) mapfile -t COMPREPLY < <(compgen -W "--prefix --help --dry-run --domain" -- "$word") ;;
        config:*) mapfile -t COMPREPLY < <(compgen -W "providers contexts functions suites add remove unregister export \
                      import restore" -- "$word") ;;
    esac
}
complete -F _opencng opencng
