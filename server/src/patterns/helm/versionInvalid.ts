import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Fix } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { CHART } from './chart.ts';
import { isStrictVersion, isVersion } from './versionRange.ts';

/** Charts are found and compared by their version, which therefore has to be a semantic one. */
export const rule = defineRule({
  id: 'helm/version-invalid',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const node = root.find('version');
    const version = node?.text();
    if (!node || version === undefined || version === '') return;
    const written = node.quoted ? version : node.source.slice(node.span).trim();
    if (!isVersion(written)) {
      yield { at: node, message: `The chart version ${written} is no semantic version.` };
    } else if (typeof node.scalar === 'number') {
      yield {
        at: node,
        message: `The chart version ${written} is read as a number, not as a version.`,
        fixes: whole(node, written),
      };
    } else if (!isStrictVersion(written)) {
      yield {
        at: node,
        severity: 'information',
        strict: true,
        message: `The chart version ${written} is not written in the form 1.2.3 that registries expect.`,
        fixes: whole(node, written),
      };
    }
  },
});

/** The same version with all of its parts. */
function whole(node: SourceNode, version: string): Fix[] {
  const [, numbers, rest] = /^v?([\d.]+)(.*)$/.exec(version) ?? [];
  if (numbers === undefined) return [];
  const parts = numbers.split('.').map((part) => String(Number(part)));
  while (parts.length < 3) parts.push('0');
  const full = `${parts.join('.')}${rest ?? ''}`;
  return [{ title: `Set the version to ${full}`, safe: true, edits: () => [replaceValue(node, full)] }];
}
