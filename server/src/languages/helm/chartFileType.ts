/** The files of a Helm chart that mean something by their place or name. */
export type ChartFileType =
  | 'helm/Chart'
  | 'helm/CrdFile'
  | 'helm/Lock'
  | 'helm/Requirements'
  | 'helm/Template'
  | 'helm/Values'
  | 'helm/ValuesSchema';

const VALUES = /(?:^|[-._])values(?:[-._][^/]*)?\.ya?ml$/i;

/** Tells by its name alone which file of a chart this may be; undefined for every other file. */
export function chartFileType(uri: string): ChartFileType | undefined {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  if (uri.includes('/templates/')) return /\.(?:ya?ml|tpl|txt)$/i.test(name) ? 'helm/Template' : undefined;
  if (uri.includes('/crds/')) return /\.ya?ml$/i.test(name) ? 'helm/CrdFile' : undefined;
  if (name === 'Chart.yaml') return 'helm/Chart';
  if (name === 'Chart.lock') return 'helm/Lock';
  if (name === 'requirements.yaml') return 'helm/Requirements';
  if (name === 'values.schema.json') return 'helm/ValuesSchema';
  return VALUES.test(name) ? 'helm/Values' : undefined;
}
