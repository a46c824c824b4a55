import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commandUses } from '../../../server/src/languages/shell/commandUses.ts';
import { parseShell } from '../../../server/src/languages/shell/parseShell.ts';
import type {
  ShellCommand,
  ShellScript,
  ShellWord,
  WordPart,
} from '../../../server/src/languages/shell/shellScript.ts';
import type { Span } from '../../../server/src/text/sourceText.ts';

const PIECES = [
  'a',
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'for',
  'in',
  'do',
  'done',
  'while',
  'case',
  'esac',
  '{',
  '}',
  '(',
  ')',
  '((',
  '))',
  '[[',
  ']]',
  '[',
  ']',
  '!',
  'function',
  ';',
  ';;',
  '&',
  '&&',
  '|',
  '||',
  '\n',
  ' ',
  ' ',
  ' ',
  '\t',
  '\\',
  '\\\n',
  '"',
  "'",
  '`',
  '$',
  '$(',
  '${',
  '$((',
  '}',
  '<',
  '>',
  '<<EOF',
  '<<-E',
  '\nEOF\n',
  '<<<',
  '2>&1',
  '&>',
  '<(',
  '#',
  '=',
  'X=',
  '*',
  '~',
  '$X',
  '${X:-',
  "$'",
  '\u00e9',
  '\ud83d\ude00',
  '\u0000',
  '\r\n',
];
const anyScript = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));

const EXAMPLE = `set -eux; \\
savedMark="$(apt-mark showmanual)"; # keep
for pkg in 'a b' "c $d" \${e:-"f $(g | h)"}; do
  if ! [[ -f "$pkg" ]] || { test -x y && z; }; then
    case "$(uname -m)" in x86_64|amd64) arch=x ;; *) echo >&2 "no"; exit 1 ;; esac
  fi
done
cat > /etc/x <<-EOF
	text $(date)
	EOF
find / -type f -exec rm {} + 2>/dev/null || true
`;

describe('any text as a shell script', () => {
  it('is read without throwing, every span inside its parent', () => {
    fc.assert(
      fc.property(anyScript, (text) => {
        const { script, problems, comments } = parseShell(text);
        const whole = { start: 0, end: text.length };
        checkScript(script, whole);
        for (const { span } of [...problems, ...comments]) inside(span, whole);
        commandUses(script);
      }),
      { numRuns: 2_000 },
    );
  });

  it('survives a cut of a real script at every place', () => {
    for (let end = 0; end <= EXAMPLE.length; end++)
      checkScript(parseShell(EXAMPLE.slice(0, end)).script, { start: 0, end });
    assert.deepEqual(parseShell(EXAMPLE).problems, []);
  });

  it('gives words that are the text at their place', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9./=@-]{1,8}$/), { minLength: 1, maxLength: 6 }), (words) => {
        const text = words.map((word) => `'${word}'`).join(' ');
        const [use] = commandUses(parseShell(text).script);
        const [nameWord] = use!.command.words;
        assert.deepEqual(
          use!.command.words.map((word) => word.text),
          words,
        );
        assert.equal(text.slice(nameWord!.span.start, nameWord!.span.end), `'${words[0]}'`);
      }),
      { numRuns: 300 },
    );
  });

  it('takes time linear in its length', () => {
    for (const shape of [
      'a && b; ',
      '$(',
      '`a ',
      '"$x" ',
      'if a; then b; fi; ',
      '(( ',
      '<<E\n',
      '{ ',
      "a 'b' # c\n",
      '${x:-',
      'case a in b) c;; esac\n',
    ]) {
      const seconds = (count: number) => {
        const text = shape.repeat(count);
        const start = process.cpuUsage();
        parseShell(text);
        return process.cpuUsage(start).user / 1e6;
      };
      seconds(2_000);
      const [small, large] = [seconds(5_000), seconds(40_000)];
      // Eight times the text, with room for a busy machine; quadratic time would take 64 times as long.
      assert.ok(large < 30 * Math.max(small, 0.02), `${JSON.stringify(shape)}: ${small} s, then ${large} s`);
    }
  }).timeout(60_000);
});

function checkScript(script: ShellScript, outer: Span): void {
  inside(script.span, outer);
  for (const { pipeline, separatorSpan } of script.items) {
    inside(pipeline.span, outer);
    if (separatorSpan) inside(separatorSpan, outer);
    for (const command of pipeline.commands) checkCommand(command, outer);
  }
}

function checkCommand(command: ShellCommand, outer: Span): void {
  inside(command.span, outer);
  for (const word of command.words) checkWord(word, outer);
  for (const redirection of command.redirections) inside(redirection.span, outer);
  if (command.kind === 'simple') {
    for (const word of command.words) inside(word.span, command.span);
    for (const assignment of command.assignments) inside(assignment.nameSpan, assignment.span);
    return;
  }
  for (const part of [...command.conditions, ...command.bodies]) checkScript(part, outer);
}

function checkWord(word: ShellWord, outer: Span): void {
  inside(word.span, outer);
  for (const part of word.parts) checkPart(part, word.span, outer);
}

function checkPart(part: WordPart, word: Span, outer: Span): void {
  inside(part.span, word);
  if (part.kind === 'command') checkScript(part.script, outer);
  if (part.kind === 'parameter') inside(part.nameSpan, part.span);
}

function inside(inner: Span, outer: Span): void {
  assert.ok(
    inner.start <= inner.end && outer.start <= inner.start && inner.end <= outer.end,
    `${JSON.stringify(inner)} in ${JSON.stringify(outer)}`,
  );
}
