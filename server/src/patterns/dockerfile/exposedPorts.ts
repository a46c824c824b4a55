import type { DockerfileFile, DockerfileWord } from '../../languages/dockerfile/dockerfileFile.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';

/** One argument of EXPOSE: `[ip:][host:]container[/protocol]`. */
export interface ExposedWord {
  readonly word: DockerfileWord;
  /** After variables; equal to the text of the word when it has none. */
  readonly value: string;
  readonly isLiteral: boolean;
  /** What stands before the container's port, such as `127.0.0.1:8080`; empty when nothing does. */
  readonly host: string;
  readonly ports: string;
  readonly protocol: string;
}

/** The arguments of every EXPOSE whose value is known. */
export function exposedWords(file: DockerfileFile): ExposedWord[] {
  return file.instructions.flatMap((outer) => {
    const instruction = outer.trigger ?? outer;
    if (instruction.keyword !== 'EXPOSE') return [];
    return instruction.words.flatMap((word): ExposedWord[] => {
      const { value } = variableScopes(file).expand(word, instruction);
      if (value === undefined || value === '' || /\s/.test(value)) return [];
      const colon = value.lastIndexOf(':');
      const container = value.slice(colon + 1);
      const slash = container.indexOf('/');
      return [
        {
          word,
          value,
          isLiteral: value === word.text,
          host: colon < 0 ? '' : value.slice(0, colon),
          ports: slash < 0 ? container : container.slice(0, slash),
          protocol: slash < 0 ? '' : container.slice(slash + 1),
        },
      ];
    });
  });
}
