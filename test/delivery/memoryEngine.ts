import { cancelled } from '../../client/src/cluster/cancellation.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import { noBuildProgress } from '../../client/src/delivery/buildProgress.ts';
import type { BuildRequest, BuiltImage } from '../../client/src/delivery/buildRequest.ts';
import type {
  BuildReport,
  ContainerResult,
  ContainerRun,
  HistoryEntry,
  ImageConfiguration,
  ImageDescription,
  ImageEngine,
  ImageFile,
  ImageFiles,
  PushProgress,
} from '../../client/src/delivery/imageEngine.ts';

/** What an image in memory is made of. */
export interface MemoryImage {
  readonly id: string;
  readonly digest: string;
  readonly config?: Partial<ImageConfiguration>;
  readonly files?: Readonly<Record<string, Partial<ImageFile> & { text?: string }>>;
}

/** A container engine and its registry in memory. Builds give what they are told to give. */
export class MemoryEngine implements ImageEngine {
  readonly name = 'memory';
  readonly images = new Map<string, MemoryImage & { pushed: boolean }>();
  readonly registry = new Map<string, string>();
  readonly log: string[] = [];
  readonly programs = new Map<string, ContainerResult>();
  readonly runs: ContainerRun[] = [];
  builds: MemoryImage = { id: 'sha256:built', digest: `sha256:${'b'.repeat(64)}` };
  /** Called in the middle of a build or push, before its result is stored. */
  during: (what: 'build' | 'push') => void | Promise<void> = () => {};
  /** Called when the result is stored, before the call returns. */
  afterwards: (what: 'build' | 'push') => void = () => {};

  async build(request: BuildRequest, report: (report: BuildReport) => void, signal: AbortSignal): Promise<BuiltImage> {
    this.log.push(`build ${request.reference}`);
    report({ kind: 'progress', progress: noBuildProgress });
    await this.during('build');
    if (signal.aborted) throw cancelled();
    const toRegistry = request.output === 'registry';
    if (toRegistry) this.registry.set(request.reference, this.builds.digest);
    else this.images.set(request.reference, { ...this.builds, pushed: false });
    this.afterwards('build');
    if (signal.aborted) throw cancelled();
    const digest = toRegistry ? this.builds.digest : undefined;
    return { reference: request.reference, id: this.builds.id, digest, cachedSteps: 0, steps: 1 };
  }

  async describe(reference: string): Promise<ImageDescription | undefined> {
    const image = this.images.get(reference);
    if (!image) return undefined;
    const nothing: ImageConfiguration = {
      environment: {},
      labels: {},
      entrypoint: [],
      command: [],
      exposedPorts: [],
      volumes: [],
      workingFolder: '',
      user: '',
    };
    return {
      id: image.id,
      repoDigests: image.pushed ? [`${reference.split(':')[0]}@${image.digest}`] : [],
      sizeBytes: 1,
      platform: 'linux/amd64',
      config: { ...nothing, ...image.config },
    };
  }

  async history(): Promise<readonly HistoryEntry[]> {
    return [];
  }

  async push(reference: string, report: (progress: PushProgress) => void, signal: AbortSignal): Promise<string> {
    this.log.push(`push ${reference}`);
    report({ layers: [] });
    await this.during('push');
    if (signal.aborted) throw cancelled();
    const image = this.images.get(reference);
    if (!image) throw new Failure('not-found', 'No such image.');
    this.registry.set(reference, image.digest);
    this.images.set(reference, { ...image, pushed: true });
    this.afterwards('push');
    if (signal.aborted) throw cancelled();
    return image.digest;
  }

  async remoteDigest(reference: string, signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) throw cancelled();
    return this.registry.get(reference);
  }

  async run(request: ContainerRun): Promise<ContainerResult> {
    this.runs.push(request);
    const result = this.programs.get(request.command.join(' '));
    if (!result) throw new Failure('not-found', `${request.command[0]} is not a program.`);
    return result;
  }

  async openFiles(reference: string): Promise<ImageFiles> {
    this.log.push(`open ${reference}`);
    const files = this.images.get(reference)?.files ?? {};
    return {
      read: async (path, withContent) => {
        const file = files[path];
        if (!file) return undefined;
        const content = withContent && file.text !== undefined ? Buffer.from(file.text) : undefined;
        return { type: 'file', mode: 0o644, uid: 0, gid: 0, linkTarget: '', ...file, content };
      },
      readFolder: async (path, hasContent) => {
        const below = Object.entries(files).filter(([name]) => name.startsWith(`${path}/`));
        if (below.length === 0) return undefined;
        return new Map(
          below.map(([name, { text, ...file }]) => {
            const own = name.slice(path.length + 1);
            const content = text !== undefined && hasContent(own) ? Buffer.from(text) : undefined;
            return [own, { type: 'file', mode: 0o644, uid: 0, gid: 0, linkTarget: '', ...file, content }];
          }),
        );
      },
      close: async () => {
        this.log.push(`close ${reference}`);
      },
    };
  }
}
