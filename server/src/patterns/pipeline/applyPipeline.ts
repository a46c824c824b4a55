import { parseImageReference } from '../../languages/imageReference.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import { portsOf } from '../../rules/parts/ports.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { applicationsOf, PUBLIC_IMAGES } from '../../workspace/applications.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Folders that hold manifests only: the application lies beside them. */
const MANIFEST_FOLDER = /^(?:deploy(?:ment)?|k8s|kubernetes|manifests?|base|yaml)$/i;

const USUAL_USER = 10001;

/**
 * Writes what the image of a workload is built from, in a folder that bears the image's name, and a Service where nothing
 * reaches its pods. What the program is made of is not seen in a manifest: the Dockerfile takes it as the build left it.
 */
export function applyPipeline(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  const image = parseImageReference(container?.text('image') ?? '')?.name;
  if (!workload || !container || resource.name === undefined || image === undefined || PUBLIC_IMAGES.has(image))
    return undefined;
  if (applicationsOf(graph).some(({ name }) => name === image)) return undefined;
  const ports = portsOf(container).flatMap(({ number, ...port }) => (number === undefined ? [] : { ...port, number }));
  const folder = applicationFolder(resource.uri, image);
  const isServed = resource.type.startsWith('batch/') || servicesOf(workload, graph).length > 0;
  const labels = workload.podLabels?.value as object | undefined;
  if (!isServed && (ports.length === 0 || !labels || workload.podLabels?.known !== true)) return undefined;
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(resource.name, resource),
    spec: {
      selector: { ...labels },
      ports: ports.map(({ name, number, protocol }) => ({
        ...(name === undefined ? {} : { name }),
        port: name === 'http' ? 80 : number,
        targetPort: name ?? number,
        ...(protocol === 'TCP' ? {} : { protocol }),
      })),
    },
  };
  return {
    edits: [],
    creates: [
      { uri: `${folder}Dockerfile`, text: dockerfile(image, ports, userOf(workload, container)) },
      ...(isServed ? [] : [{ uri: besideOf(resource, `${resource.name}-service.yaml`), text: documents(service) }]),
    ],
  };
}

/** A small image without a shell, run by the user that the workload demands. */
function dockerfile(name: string, ports: readonly { number: number; protocol: string }[], user: number): string {
  return [
    '# syntax=docker/dockerfile:1',
    '',
    `# The program as the build leaves it in bin/: linked statically, for the platform of the nodes.`,
    'FROM gcr.io/distroless/static-debian12:nonroot',
    `COPY --chmod=0555 bin/${name} /usr/local/bin/${name}`,
    `USER ${user}:${user}`,
    ...ports.map(({ number, protocol }) => `EXPOSE ${number}${protocol === 'UDP' ? '/udp' : ''}`),
    `ENTRYPOINT ["/usr/local/bin/${name}"]`,
    '',
  ].join('\n');
}

function userOf({ podSpec }: Workload, container: SourceNode): number {
  const user = container.number('securityContext', 'runAsUser') ?? podSpec?.number('securityContext', 'runAsUser');
  return user === undefined || user === 0 ? USUAL_USER : user;
}

/** The folder above the manifests, where it bears the image's name, and else one of that name in it. */
function applicationFolder(manifest: string, image: string): string {
  const segments = manifest.slice(0, manifest.lastIndexOf('/')).split('/');
  while (segments.length > 4 && MANIFEST_FOLDER.test(segments.at(-1)!)) segments.pop();
  return segments.at(-1) === image ? `${segments.join('/')}/` : `${segments.join('/')}/${image}/`;
}
