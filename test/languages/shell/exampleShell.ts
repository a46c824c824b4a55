import { type CommandUse, commandUses } from '../../../server/src/languages/shell/commandUses.ts';
import { parseShell } from '../../../server/src/languages/shell/parseShell.ts';
import type { ShellWord } from '../../../server/src/languages/shell/shellScript.ts';
import { PlainShellText } from '../../../server/src/languages/shell/shellText.ts';

/** The commands of a script, `sh -c '…'` included. */
export function usesOf(text: string): CommandUse[] {
  return commandUses(parseShell(text).script, (word) => innerText(text, word));
}

/** Name and words of each command; what an expansion decides is shown as written after a `?`. */
export function linesOf(text: string): string[] {
  return usesOf(text).map(({ name, arguments: words }) => [name, ...words.map(shown)].join(' '));
}

function shown({ text, written }: ShellWord): string {
  return text ?? `?${written}`;
}

function innerText(text: string, word: ShellWord): PlainShellText | undefined {
  if (word.text !== text.slice(word.span.start + 1, word.span.end - 1)) return undefined;
  return new PlainShellText(word.text, word.span.start + 1);
}
