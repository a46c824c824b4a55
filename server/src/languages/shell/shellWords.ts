import type { ShellCommand, ShellScript, ShellWord, WordPart } from './shellScript.ts';

/** Every word of a script, in the order of the text: names, arguments, values, targets, and those inside expansions. */
export function shellWords(script: ShellScript): ShellWord[] {
  const words: ShellWord[] = [];
  addScript(script, words);
  return words;
}

function addScript(script: ShellScript, words: ShellWord[]): void {
  for (const { pipeline } of script.items) for (const command of pipeline.commands) addCommand(command, words);
}

function addCommand(command: ShellCommand, words: ShellWord[]): void {
  if (command.kind === 'simple') for (const { value } of command.assignments) if (value) addWord(value, words);
  for (const word of command.words) addWord(word, words);
  if (command.kind === 'compound')
    for (const part of [...command.conditions, ...command.bodies]) addScript(part, words);
  for (const { target } of command.redirections) if (target) addWord(target, words);
}

function addWord(word: ShellWord, words: ShellWord[]): void {
  words.push(word);
  addParts(word.parts, words);
}

function addParts(parts: readonly WordPart[], words: ShellWord[]): void {
  for (const part of parts) {
    if (part.kind === 'command') addScript(part.script, words);
    if (part.kind === 'parameter') addParts(part.nested, words);
  }
}
