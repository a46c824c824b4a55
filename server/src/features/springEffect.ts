import { SPRING_KEYS } from '../languages/java/springKeys.ts';
import { uniformKey } from '../languages/java/springSettings.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { EffectiveSetting } from '../workspace/applications/setting.ts';
import {
  type SpringSettings,
  springApplications,
  variableNames,
} from '../workspace/applications/spring/springSettings.ts';
import { describeOther } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';

/** An address with a password in it. */
const CREDENTIALS = /:\/\/[^/@\s]*:[^/@\s]*@|[?;&]\s*(?:password|pwd)\s*=/i;
/** Keys whose values are never shown, wherever they stand. */
const SECRET = /password|secret|token|credential|api-?key|private/i;

/** What a key of a settings file comes to where the application runs: which value counts, and who sets it. */
export function effectOfKey(node: SourceNode, key: string, graph: ResourceGraph): string[] {
  return springApplications(graph).flatMap((settings) => {
    const { running, source } = settings;
    const { uri } = node.source;
    if (!running || !source.files.some((file) => file.uri === uri)) return [];
    const effective = settings.get(key);
    const where = describeOther(running.workload.resource);
    if (!effective) return [`In ${where} this document does not count.`];
    const isOwn = effective.at.source.uri === uri && effective.at.span.start === node.span.start;
    return [isOwn ? ownInWords(settings, effective, where) : `In ${where}: ${setBy(effective)}.`];
  });
}

function ownInWords(settings: SpringSettings, effective: EffectiveSetting, where: string): string {
  if (!settings.isCertain(effective))
    return `In ${where} this value counts, unless something that is not known overrides it.`;
  const value = effective.value !== undefined && effective.value !== effective.at.source.slice(effective.at.span);
  return `In ${where} this value counts${value ? `: ${shown(effective)}` : ''}.`;
}

/** Which key of Spring a variable sets, in each application that reads it, and what it overrides. */
export function effectOfVariable(node: SourceNode, graph: ResourceGraph): string[] {
  return springApplications(graph).flatMap((settings): string[] => {
    const { running } = settings;
    if (!running) return [];
    for (const key of new Set([...settings.keysBelow(''), ...SPRING_KEYS.map((known) => known.key)])) {
      const effective = settings.get(key);
      if (!effective || effective.at.span.start !== node.span.start || effective.at.source !== node.source) continue;
      if (!variableNames(key).includes(effective.name)) continue;
      const [before] = effective.overridden;
      const instead = before ? `, in place of ${shown(before)} in ${fileOf(before)}` : '';
      return [`\`${effective.name}\` is \`${key}\` of ${describeOther(running.workload.resource)}${instead}.`];
    }
    return [];
  });
}

function setBy(effective: EffectiveSetting): string {
  const value = effective.value === undefined ? 'a value that is not known here' : shown(effective);
  return `${value}, set by \`${effective.name}\` in ${fileOf(effective)}`;
}

function shown({ name, value }: Pick<EffectiveSetting, 'name' | 'value'>): string {
  const isHidden = value === undefined || SECRET.test(uniformKey(name)) || CREDENTIALS.test(value);
  return isHidden ? 'a value' : `\`${value.slice(0, 120)}\``;
}

function fileOf({ resource }: Pick<EffectiveSetting, 'resource'>): string {
  return resource.apiVersion === '' ? resource.uri.slice(resource.uri.lastIndexOf('/') + 1) : describeOther(resource);
}
