import { parseImageReference } from '../../languages/imageReference.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';

const AGENTS = /^(?:fluent-?bit|fluentd(?:-.*)?|filebeat(?:-oss)?|vector|promtail|alloy|logstash)$/;
const STORAGE = /^(?:elasticsearch(?:-oss)?|opensearch|loki)$/;
const ANALYSIS = /^(?:kibana(?:-oss)?|opensearch-dashboards|grafana(?:-oss|-enterprise)?)$/;

/** The workload collects logs, by the image that it runs. */
export function isAgent(resource: Resource): boolean {
  return runs(resource, AGENTS);
}

export function isStorage(resource: Resource): boolean {
  return runs(resource, STORAGE);
}

/** The workload shows logs to people. */
export function isAnalysis(resource: Resource): boolean {
  return runs(resource, ANALYSIS);
}

function runs(resource: Resource, images: RegExp): boolean {
  return (workloadOf(resource)?.containers ?? []).some((container) => {
    const image = container.text('image');
    return image !== undefined && images.test(parseImageReference(image)?.name ?? '');
  });
}
