import type { DockerfileFile } from '../../../languages/dockerfile/dockerfileFile.ts';
import { imageFacts } from '../../../languages/dockerfile/imageFacts.ts';
import type { Place } from '../../../text/sourceNode.ts';
import type { Resource } from '../../resource.ts';
import type { ContainerEnvironment, RunningContainer } from '../environment.ts';
import type { WrittenSetting } from '../setting.ts';

/** What the command line of a Java process sets. */
export interface StartSettings {
  /** `-Dkey=value`, from the variables that the virtual machine reads and from the command line. */
  readonly systemProperties: readonly WrittenSetting[];
  /** `--key=value` after the program. */
  readonly options: readonly WrittenSetting[];
  /** Arguments that begin with no dash: `migrate` of `java -jar orders.jar migrate`. */
  readonly words: readonly string[];
  /** A template or a shell may add more. */
  readonly open: boolean;
}

/** Variables that the virtual machine reads by itself, the one that counts last. */
const JAVA_VARIABLES = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS'];

/** Reads how the process of a container is started: `command` and `args` as Kubernetes joins them with the image's own. */
export function startSettings(running: RunningContainer, environment: ContainerEnvironment): StartSettings {
  const words = commandWords(running);
  const systemProperties: WrittenSetting[] = [];
  for (const name of JAVA_VARIABLES) {
    const variable = environment.variables.get(name);
    for (const word of variable?.value?.split(/\s+/) ?? []) {
      const setting = assigned(word, '-D', variable!.at, variable!.resource);
      if (setting) systemProperties.push(setting);
    }
  }
  const options: WrittenSetting[] = [];
  for (const { text, at, resource } of words.words) {
    const property = assigned(text, '-D', at, resource);
    if (property) systemProperties.push(property);
    const option = assigned(text, '--', at, resource);
    if (option) options.push(option);
  }
  const plain = words.words.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  const hidden = JAVA_VARIABLES.some((name) => {
    const variable = environment.variables.get(name);
    return variable !== undefined && variable.value === undefined;
  });
  return { systemProperties, options, words: plain, open: words.open || hidden };
}

function assigned(word: string, lead: string, at: Place, resource: Resource): WrittenSetting | undefined {
  if (!word.startsWith(lead)) return undefined;
  const equals = word.indexOf('=');
  if (equals < 0) return undefined;
  const name = word.slice(lead.length, equals);
  return { value: word.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2'), at, resource, name };
}

interface Words {
  readonly words: readonly { readonly text: string; readonly at: Place; readonly resource: Resource }[];
  readonly open: boolean;
}

function commandWords({ workload, container, source }: RunningContainer): Words {
  const written = (field: string): Words | undefined => {
    const list = container.find(field);
    if (!list) return container.lacks(field) ? undefined : { words: [], open: true };
    const words = list.items.flatMap((item) =>
      // A shell line holds several words.
      (item.text() ?? '').split(/\s+/).map((text) => ({ text, at: item, resource: workload.resource })),
    );
    return { words, open: !list.known };
  };
  const facts = source?.dockerfile && imageFacts(source.dockerfile.model as DockerfileFile);
  const ofImage = (process: 'entrypoint' | 'command'): Words | undefined => {
    const { words, commandLine, at } = facts?.[process] ?? {};
    const texts = words ?? commandLine?.split(/\s+/);
    if (!texts || !at || !source?.dockerfile) return undefined;
    return { words: texts.map((text) => ({ text, at, resource: source.dockerfile! })), open: false };
  };
  const command = written('command');
  const args = written('args');
  const parts = [command ?? ofImage('entrypoint'), args ?? (command ? undefined : ofImage('command'))];
  return {
    words: parts.flatMap((part) => part?.words ?? []),
    open: parts.some((part) => part?.open === true),
  };
}
