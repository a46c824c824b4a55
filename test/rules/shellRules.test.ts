import assert from 'node:assert/strict';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';

function speaks(rule: string, run: string, before = ''): boolean {
  const text = `FROM debian:12.12-slim\n${before}RUN ${run}\n`;
  return findingsOf(exampleSnapshot([{ name: 'Dockerfile', text }]), 'strict').some((found) => found.rule.id === rule);
}

function tells(
  rule: string,
  examples: { readonly faulty: readonly string[]; readonly sound: readonly string[] },
): void {
  for (const run of examples.faulty) assert.ok(speaks(rule, run), run);
  for (const run of examples.sound) assert.ok(!speaks(rule, run), run);
}

describe('shell rules', () => {
  it('tell redirections in the wrong order', () => {
    tells('dockerfile/redirection-order', {
      faulty: ['a 2>&1 >log', 'a 2>&1 1>>log', 'b && { a 2>&1 >/dev/null; }'],
      sound: ['a >log 2>&1', 'a 2>&1 >/dev/null | grep x', 'a 2>&1', 'a 2>&1 2>log', 'a 3>&1 >log', 'a 2>&1 >&3'],
    });
  });

  it('tell patterns that the shell sees first', () => {
    tells('dockerfile/find-pattern-unquoted', {
      faulty: ['find . -name *.pyc', 'find . -type f -iname a?c -delete', 'find . -path */x'],
      sound: ["find . -name '*.pyc'", 'find . -name "*.pyc"', 'find . -name \\*.pyc', 'find *.d -name a', 'ls *.pyc'],
    });
  });

  it('tell a change of folder that nobody checks', () => {
    tells('dockerfile/cd-unchecked', {
      faulty: ['cd /a; make', 'cd "$DIR"; rm -r b', 'cd /a\\\n ; make'],
      sound: [
        'cd /a && make',
        'cd /a || exit 1; make',
        'cd /a',
        'set -eu; cd /a; make',
        'cd ..; make',
        'cd /; make',
        'if cd /a; then make; fi',
      ],
    });
    assert.ok(!speaks('dockerfile/cd-unchecked', 'cd /a; make', 'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\n'));
  });

  it('tell what an empty variable would remove', () => {
    tells('dockerfile/removes-below-variable', {
      faulty: ['rm -rf $DIR/*', 'rm -r "${DIR}/lib"', 'rm --recursive "$DIR"/'],
      sound: [
        'rm -rf "${DIR:?}"/*',
        'rm -rf "$DIR"',
        'rm "$DIR"/a',
        'DIR=/a && rm -rf $DIR/b',
        'for DIR in a b; do rm -rf $DIR/c; done',
        'rm -rf /a/$DIR/b',
      ],
    });
    assert.ok(!speaks('dockerfile/removes-below-variable', 'rm -rf $DIR/*', 'ENV DIR=/opt/a\n'));
    assert.ok(speaks('dockerfile/removes-below-variable', 'rm -rf $DIR/*', 'ARG DIR\n'));
  });
});
