import type { SourceNode } from '../../text/sourceNode.ts';

/** The seconds for which a container's `preStop` hook waits, where it says so: as `sleep`, or as a command that sleeps. */
export function preStopSeconds(
  container: SourceNode,
): { readonly seconds: number; readonly at: SourceNode } | undefined {
  const hook = container.find('lifecycle', 'preStop');
  const action = hook?.find('sleep', 'seconds');
  const seconds = action?.number();
  if (action && seconds !== undefined) return { seconds, at: action };
  const command = hook?.find('exec', 'command');
  if (!command?.known) return undefined;
  const words = command.items.map((item) => item.text() ?? '').join(' ');
  const slept = /(?:^|[\s;&])(?:\/\S+\/)?sleep\s+(\d+)(?:\s|;|&|$)/.exec(words)?.[1];
  return slept === undefined ? undefined : { seconds: Number(slept), at: command };
}
