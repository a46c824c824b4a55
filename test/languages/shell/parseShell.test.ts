import assert from 'node:assert/strict';
import { parseShell } from '../../../server/src/languages/shell/parseShell.ts';
import { linesOf } from './exampleShell.ts';

describe('parseShell', () => {
  const commands: readonly [string, readonly string[]][] = [
    ['a "b c" \'d\' e\\ f', ['a b c d e f']],
    ['a $X "${Y:-z}" pre$Z', ['a ?$X ?"${Y:-z}" ?pre$Z']],
    ['a && b || c; d & e | f |& g', ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
    ['a\nb \\\n c', ['a', 'b c']],
    ['echo "$(uname -s)-$(uname -m)"', ['echo ?"$(uname -s)-$(uname -m)"', 'uname -s', 'uname -m']],
    ['echo `date +%s` $(( $(nproc) + 1 )) $((2))', ['echo ?`date +%s` ?$(( $(nproc) + 1 )) ?$((2))', 'date +%s']],
    ['x $((cd a); b)', ['x ?$((cd a); b)', 'cd a', 'b']],
    ['if [ -f a ]; then b; elif c; then d; else e; fi', ['[ -f a ]', 'c', 'b', 'd', 'e']],
    ['for i in 1 "2 3"; do a "$i"; done; for i; do b; done', ['a ?"$i"', 'b']],
    ['for ((i = 0; i < 3; i++)); do a; done', ['a']],
    ['while read -r l; do a; done < f; until b; do c; done', ['read -r l', 'a', 'b', 'c']],
    ['case "$x" in a | b) one ;; (c) two ;& *) three ;;& esac', ['one', 'two', 'three']],
    ['f() { a; }; function g { b; }; h () ( c )', ['a', 'b', 'c']],
    ['{ a; b; } && ( c; d ) > f', ['a', 'b', 'c', 'd']],
    ['[[ $a =~ ^(x|y)$ && -n $b ]] && c; (( i++ )) || d', ['c', 'd']],
    ['if [[ -e a ]];then b;fi', ['b']],
    ['A=1 B+=2 C=(x "y z") d e=f', ['d e=f']],
    ['a > f 2>&1 < g &> h >> i 3<> j <<< "k"', ['a']],
    ['diff <(a) >(b)', ['diff ?<(a) ?>(b)', 'a', 'b']],
    ['! a | b', ['a', 'b']],
    ['a # b; c\nd', ['a', 'd']],
    ['a b#c', ['a b#c']],
    ['echo "a \\"b\\" \\$c" $\'x\\\'y\' $"z"', ['echo a "b" $c x\\\'y z']],
    ['cat <<EOF > f; a\n$(b) fi\nEOF\nc', ['cat', 'a', 'c']],
    ["cat <<-'E' <<F\n\tone\n\tE\ntwo\nF\na", ['cat', 'a']],
    ['select x in a b; do c; done', ['c']],
    ['echo then fi done', ['echo then fi done']],
    ['echo {a,b} *.c ~/x', ['echo {a,b} *.c ~/x']],
    ['a ${x#*/} ${y//b/c} ${#z} ${!w} ${v[0]} $1 $? $$', ['a ?${x#*/} ?${y//b/c} ?${#z} ?${!w} ?${v[0]} ?$1 ?$? ?$$']],
    ['echo ${a:-$(b "c)")}', ['echo ?${a:-$(b "c)")}', 'b c)']],
    ['a\r\nb\r\n', ['a', 'b']],
  ];
  for (const [script, lines] of commands) {
    it(`reads ${JSON.stringify(script)}`, () => {
      assert.deepEqual(linesOf(script), lines);
      assert.deepEqual(parseShell(script).problems, []);
    });
  }

  const broken: readonly [string, string, string, readonly string[]][] = [
    ['a "b', 'unclosed-quote', '"b', ['a b']],
    ["a 'b", 'unclosed-quote', "'b", ['a b']],
    ['a $(b; c', 'unclosed-substitution', '$(b; c', ['a ?$(b; c', 'b', 'c']],
    ['a ${b', 'unclosed-substitution', '${b', ['a ?${b']],
    ['a `b', 'unclosed-substitution', '`b', ['a ?`b', 'b']],
    ['if a; then b', 'unclosed-block', 'if', ['a', 'b']],
    ['for i in a; do b', 'unclosed-block', 'for', ['b']],
    ['{ a; b', 'unclosed-block', '{', ['a', 'b']],
    ['a && && b', 'missing-command', '&&', ['a', 'b']],
    ['a |', 'missing-command', '', ['a']],
    ['a; fi; b', 'stray-closing', 'fi', ['a', 'b']],
    ['if a; then fi', 'missing-command', 'then', ['a']],
    ['for i in a; do done', 'missing-command', 'do', []],
    ['{ }', 'missing-command', '{', []],
    ['a ) b', 'unexpected-word', ')', ['a', 'b']],
    ['[[ -f a', 'unclosed-block', '[[', []],
  ];
  for (const [script, code, place, lines] of broken) {
    it(`names what is wrong in ${JSON.stringify(script)}, and reads the rest`, () => {
      const [problem] = parseShell(script).problems;
      assert.equal(problem?.code, code);
      assert.equal(script.slice(problem.span.start, problem.span.end), place);
      assert.deepEqual(linesOf(script), lines);
    });
  }

  it('leaves the lines of heredocs to the caller when they stand elsewhere', () => {
    const { script } = parseShell('cat <<EOF', { heredocs: 'elsewhere' });
    assert.equal(script.items.length, 1);
  });

  it('gives up quietly where nobody could have nested so deeply', () => {
    const { problems } = parseShell(`${'$('.repeat(5000)}`);
    assert.ok(problems.some(({ code }) => code === 'too-deep'));
  });
});
