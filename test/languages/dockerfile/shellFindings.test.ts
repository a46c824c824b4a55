import { type Judged, testJudged } from './testJudged.ts';

const BASH = 'SHELL ["/bin/bash", "-c"]\n';
const ALPINE = 'FROM alpine:3.20\n';

const JUDGED: Readonly<Record<string, Judged>> = {
  'shell-syntax': {
    recommended: [
      'RUN If true; then x; fi',
      'RUN if true; then fi',
      'RUN if[ -f x ]; then y; fi',
      'RUN { ls',
      'RUN for i in a b do ls; done',
      'RUN while true; do done',
      'RUN if a; then b; else fi',
    ],
    silent: [
      'RUN case $x in (a|b) c;; d) e;; *) ;; esac',
      'RUN f() { a; } && (b) && { c; } && if d; then :; fi; for x in 1; do y; done; while :; do z; break; done',
      'RUN echo done fi } && echo "(" \')\' \\) && x=$((1+(2*3)))',
      'RUN case "$(uname -m)" in \\\n  x86_64) A=1 ;; \\\n  aarch64|arm64) \\\n    A=2 ;; \\\n  *) exit 1 ;; \\\nesac; echo $A',
      'RUN if a; then \\\n  # why\n  b; \\\nfi',
      'RUN find . \\( -name a -o -name b \\) -exec rm {} \\;',
      'RUN <<EOF\nif a; then\n  # why\n  b\nfi\ncase x in\n  a) ;;\nesac\nEOF',
      `${BASH}RUN time { a && b; } && time -p (c) && time d`,
      `${BASH}RUN shopt -s extglob && rm -rf !(a|b) && [[ "$x" =~ ^(a|b)$ ]] && echo $((x++))`,
    ],
  },
  'variable-unquoted': {
    strict: ['RUN echo $FOO', 'RUN rm $@', 'RUN rm $*', 'RUN bash -c "rm $FOO"'],
    silent: ['RUN echo "$FOO" $? $# ${#FOO}', 'ENV FOO=/a\nRUN echo $FOO', 'RUN apt-get install -y $PACKAGES'],
  },
  'cd-unchecked': {
    strict: ['RUN cd /x; make', 'RUN set -x; if a; then cd /x; make; fi'],
    silent: ['RUN set -eux; case $A in b) cd /x; make;; esac', 'RUN cd /x && make'],
  },
  backquotes: {
    strict: ['RUN x=`date` && echo "$x"', 'RUN echo "`date`"'],
    silent: ["RUN echo '`date`' $(date)"],
  },
  'condition-by-list': {
    strict: ['RUN a && b || c', 'RUN set -x && a && b || (c && d)'],
    silent: [
      'RUN a && b || true',
      'RUN a || b && c',
      'RUN [ -f a ] && [ -f b ] || c',
      'RUN a && b || exit 1',
      'RUN a && b || { echo x; exit 1; }',
      'RUN if a && b || c; then d; fi',
      'RUN a && X=1 || c',
    ],
  },
  'variable-in-single-quotes': {
    strict: ["RUN echo 'hello $USER'", "RUN curl 'https://x/${VERSION}/y'", "RUN mkdir '$(pwd)/a'"],
    silent: [
      "RUN echo 'export PATH=$PATH:/x' >> ~/.bashrc",
      "RUN echo 'a $B' | tee /c",
      "RUN bash -c 'echo $HOME'",
      "RUN awk '{print $1}' x; sed 's/$A/b/' x; find . -exec sh -c 'echo $1' _ {} \\;",
      'RUN echo "it\'s $HOME"',
      "RUN cut -d'$' -f1 x",
    ],
  },
  'pattern-read-as-option': {
    strict: ['RUN rm -rf *', 'RUN chmod +x *.sh', 'RUN cp ?.txt /a'],
    silent: ['RUN rm -rf ./* /tmp/* -- *.x', 'RUN find . -name *.x; rm "*"', 'RUN echo *'],
  },
  'pipe-avoidable': {
    strict: [
      'RUN cat a | b',
      'RUN ls | xargs rm',
      'RUN ls /x | grep y',
      'RUN ps aux | grep x',
      'RUN find . -name x | xargs rm',
      'RUN grep x y | wc -l',
    ],
    silent: [
      'RUN cat a b | c; cat | d; cat -n x | e; cat <a | b; cat $X $Y | c',
      'RUN find . -print0 | xargs -0 rm; find . -name x | xargs -0 rm',
      'RUN grep -o x y | wc -l; grep x y | wc -c; grep x y | sort',
      'RUN echo a | xargs rm',
    ],
  },
  'status-masked': {
    strict: ['RUN export A="$(date)" && b', 'RUN export A=`date` B=1 && b'],
    silent: ['RUN A="$(date)" && export A && export B=$C'],
  },
  'quotes-interrupted': {
    strict: ['RUN echo "a "b" c"', 'RUN echo "{"name":"x"}"', 'RUN echo "hello "$b" there"', "RUN echo 'it'x's me'"],
    silent: ['RUN echo "a"=b "a"/"b" "a$b" \'a\'"b" "ab"$c', "RUN echo 'a '$b' c'", 'RUN echo "a"-"b" "$a"b"$c"'],
  },
  'test-joined': {
    strict: ['RUN [ a = b -a c = d ]', 'RUN test -f a -o -f b'],
    silent: ['RUN [ -a x ] && [ a = b ] && set -o pipefail', 'RUN [ ! -a x ]'],
  },
  'grep-old-name': { strict: ['RUN egrep x y', 'RUN a | fgrep x'], silent: ['RUN grep -E egrep y'] },
  'loop-over-output': {
    strict: [
      'RUN for i in $(ls *.x); do a "$i"; done',
      'RUN for i in `find .`; do a "$i"; done',
      'RUN if a; then for i in $(cat x); do a "$i"; done; fi',
    ],
    silent: ['RUN for i in a b $(seq 3) *.x "$(cat x)"; do a; done'],
  },
  'echo-escapes': {
    strict: [`${BASH}RUN echo "a\\nb" > x`, `${ALPINE}RUN echo "a\\nb" > x`, 'FROM acme/base:1\nRUN echo "a\\tb" > x'],
    silent: [
      'RUN echo "a\\nb" > x',
      `${ALPINE}RUN echo -e "a\\nb"; printf "a\\n"; echo "a\\nb" | sed x; echo 'a\\\\nb' C:\\data`,
    ],
  },
  'sudo-redirection': {
    strict: ['RUN sudo echo x > /etc/y', 'RUN sudo -E a >> /b'],
    silent: ["RUN echo x | sudo tee /etc/y > /dev/null; sudo a 2>&1; sudo sh -c 'echo x > /etc/y'"],
  },
  'format-from-variable': {
    strict: ['RUN printf "$foo"', 'RUN printf "a ${b}\\n"', 'RUN printf -- "$(a)"'],
    silent: ['RUN printf "%s\\n" "$foo"'],
  },
};

describe('findings on the shell of RUN', () => {
  testJudged(JUDGED);
});
