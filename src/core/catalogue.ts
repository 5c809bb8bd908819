/** What the engine knows of the world outside the file: SDKs and retry libraries, as data that `sdks/` and `libraries/` fill in. */
import type { LanguageId } from './facts.ts';

export interface Catalogue {
  readonly sdks: readonly Sdk[];
  readonly libraries: readonly RetryLibrary[];
}

/** One SDK of one provider family in one language. A generation with another shape (openai 0.x) is an SDK of its own. */
export interface Sdk {
  readonly id: string;
  /** As a message says it: “the OpenAI SDK”. */
  readonly name: string;
  readonly language: LanguageId;
  /** The name in manifests and lock files. */
  readonly packageName: string;
  /** Modules that export its clients. */
  readonly modules: readonly string[];
  /** Exported names that make a client when called or constructed (`default` for a default export). */
  readonly clients: ReadonlyMap<string, ClientClass>;
  /** Whether the module itself serves as a client: `openai.chat.completions.create`. */
  readonly moduleIsClient: boolean;
  /** Request methods by path from the client: `chat.completions.create`. */
  readonly methods: ReadonlyMap<string, Method>;
  /** Path segments that change how an answer is delivered, not what is sent: `with_raw_response`. */
  readonly transparent: readonly string[];
  /** Methods that give the client itself with other options: `with_options`, `copy`, `withOptions`. */
  readonly derive: readonly string[];
  readonly retry: SdkRetry;
  readonly errors: SdkErrors;
}

export interface ClientClass {
  /** An asynchronous client (Python). */
  readonly async: boolean;
}

export interface Method {
  /** `inference` spends model capacity; `control` is the plane around it: files, models, polling. */
  readonly plane: 'inference' | 'control';
  /** `single`: one request; `paginated`: one a page; `helper`: several requests behind one call; `stream`: gives a stream or runner. */
  readonly shape: 'single' | 'paginated' | 'helper' | 'stream';
  /** First and last major version that has it, where known. */
  readonly since?: number;
  readonly until?: number;
}

/** How an SDK itself sends a 429 again. Waits in seconds. */
export interface SdkRetry {
  /** The option's name at the client; absent where the SDK has none. */
  readonly option?: string;
  /** Where one call can differ: by a derived client, or in the second argument. */
  readonly perCall: 'derive' | 'secondArgument' | 'none';
  /** Extra attempts when nothing is said. */
  readonly default: number;
  /** The n-th wait is min(cap, base·2ⁿ) times a random factor from `jitter` to 1. */
  readonly base: number;
  readonly cap: number;
  readonly jitter: number;
}

export interface SdkErrors {
  /** The class raised for a 429, by the module that exports it. */
  readonly module: string;
  readonly rateLimit: string;
  /** Its base classes, nearest first, by exported name: a handler of any of these catches a 429. */
  readonly bases: readonly string[];
  /** The property of the error that holds the HTTP status: `status_code`, `status`. */
  readonly status: string;
}

/** A library that sends a failed call again, or makes 429s rarer. */
export interface RetryLibrary {
  readonly id: string;
  readonly language: LanguageId;
  readonly packageName: string;
  readonly modules: readonly string[];
  readonly exports: ReadonlyMap<string, RetryExport>;
}

/** What one exported name does, by the shape of its use. */
export interface RetryExport {
  /** `retry` sends a failed call again; `rate` bounds requests a time; `concurrency` bounds requests at once. */
  readonly does: 'retry' | 'rate' | 'concurrency';
  /**
   * How it stands round a call. `decorator`: `@retry(...)` or `retry(...)(fn)`; `call`: `pRetry(fn, options)`;
   * `object`: constructed, then called or entered through one of `methods`; `context`: a `with` block or a `for` over
   * attempts; `mixin`: installed on a client (`axiosRetry(axios)`).
   */
  readonly as: readonly ('decorator' | 'call' | 'object' | 'context' | 'mixin')[];
  /** Methods of the object that take or wrap the call: `execute`, `schedule`, `wrap`, `add`. */
  readonly methods?: readonly string[];
  /** The argument (name, option or position) that says which errors it acts on. */
  readonly on?: readonly (string | number)[];
  /** What is caught when nothing is said. */
  readonly catches: 'any' | 'named' | 'own';
}
