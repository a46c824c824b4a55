import type { Chart, ChartTemplate } from '../workspace/helm/chart.ts';

/**
 * The template of the workspace that Helm calls `cart/templates/service.yaml`, or `cart/charts/redis/templates/service.yaml`
 * for a dependency; undefined for one of a chart that is not here.
 */
export function renderedTemplate(
  chart: Chart,
  source: string,
): { readonly chart: Chart; readonly template: ChartTemplate } | undefined {
  const [, ...segments] = source.split('/');
  let owner: Chart | undefined = chart;
  while (owner && segments[0] === 'charts') {
    const name: string | undefined = segments[1];
    owner = owner.dependencies.find(({ key }) => key === name)?.chart;
    segments.splice(0, 2);
  }
  if (!owner) return undefined;
  const path = segments.map(encodeURIComponent).join('/');
  const template = owner.templates.find(
    ({ uri }) => uri === `${owner.folder}${path}` || uri === `${owner.folder}${segments.join('/')}`,
  );
  return template && { chart: owner, template };
}
