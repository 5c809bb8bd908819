/** What the engine knows of the world outside the file: SDKs and retry libraries, as data that `sdks/` and `libraries/` fill in. */
import type { LanguageId } from './facts.ts';

export interface Catalogue {
  readonly sdks: readonly Sdk[];
  readonly libraries: readonly RetryLibrary[];
  readonly keys: Keys;
}

/** What is known of the providers' API keys. */
export interface Keys {
  /** The first that fits counts. */
  readonly shapes: readonly KeyShape[];
  /** Package, or package and class, → the environment variable that its clients read the key from. */
  readonly variables: ReadonlyMap<string, string>;
}

export interface KeyShape {
  /** The provider; absent where several hand out such keys. */
  readonly of: string | undefined;
  readonly prefix: string;
  /** What follows the prefix, to the key's end. */
  readonly rest: RegExp;
  readonly variable: string;
  /** It is a model provider's key only beside such a name. */
  readonly near?: RegExp;
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
  /** The client's option that holds its address: a client of this machine is no provider's. */
  readonly baseUrl?: string;
  /** Arguments by which a single request goes to this machine: `model="ollama/llama3"`. */
  readonly local?: readonly ArgumentPattern[];
  /** Methods that give the client itself with other options: `with_options`, `copy`, `withOptions`. */
  readonly derive: readonly string[];
  /** The operator that joins clients with what comes before and after them, to a client of the same methods: `|`. */
  readonly joins?: string;
  /** What it is under other circumstances; the first that applies. */
  readonly variants?: readonly SdkVariant[];
  readonly retry: SdkRetry;
  readonly errors: SdkErrors;
  /** The argument that holds functions which a request runs: repeated, it would run them again. */
  readonly runs?: string;
  /** A general HTTP client, whose requests go to a model provider where their address says so; it has no `methods`. */
  readonly http?: HttpClient;
}

/** What the requests of a general HTTP client look like. */
export interface HttpClient {
  /** Request functions by their exported path (`''` or `default`: the module itself). */
  readonly functions: ReadonlyMap<string, HttpCall>;
  /** Request methods of its clients (`''`: the client itself is called). */
  readonly methods: ReadonlyMap<string, HttpCall>;
  /** The function's name where it needs no import. */
  readonly global?: string;
  /**
   * What becomes of a refusal: it is `raised`, or `returned` as any other response, or comes back `elsewhere` than in the
   * call's value (a callback, another call).
   */
  readonly refusal: 'raised' | 'returned' | 'elsewhere';
  /** The option that decides it for one call or client: `raise_for_status`, `throwHttpErrors`. */
  readonly raisesOption?: string;
  /** The option by which it sends some requests again. */
  readonly retryOption?: string;
  readonly endpoints: Endpoints;
}

/** Where a request function has its arguments, by position; keywords and options are named alike everywhere. */
export interface HttpCall {
  /** Its HTTP method, where the name says it; else the option `method`, or the argument at `verbAt`. */
  readonly verb?: 'POST';
  readonly verbAt?: number;
  readonly url: number;
  readonly body?: number;
}

/** How the addresses of model providers look. A part that can't be told stands in braces. */
export interface Endpoints {
  /** Hosts of providers. */
  readonly hosts: RegExp;
  /** Addresses of this machine, and of model servers that people run themselves. */
  readonly own: RegExp;
  /** Paths that spend model capacity, on a provider's host. */
  readonly inference: RegExp;
  /** Paths on a provider's host for what is around it: files, lists, jobs. */
  readonly control: RegExp;
  /** Paths so telling that any host with them serves models. */
  readonly telling: RegExp;
  /** Words of which one stands in every file with such an address. */
  readonly words: readonly RegExp[];
  /** Words of which one stands, as a rule, in files that have such an address from elsewhere. */
  readonly names: RegExp;
}

/** An argument of a call: what its constant text, or the module that it comes from, must look like. */
export interface ArgumentPattern {
  readonly argument: string;
  readonly matches: RegExp;
}

/** An address of this machine. */
export const thisMachine = /^https?:\/\/(localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)/;

/** Applies to major versions below `below`, or to requests with such an argument. */
export interface SdkVariant {
  readonly when: { readonly below: number } | ArgumentPattern;
  readonly sdk: Sdk;
}

export interface ClientClass {
  /** An asynchronous client (Python). */
  readonly async: boolean;
  /** The argument that holds the client which it sends its requests through, with that one's options. */
  readonly wraps?: ArgumentKey;
  /** Makes no client by itself: it is a base class that only an annotation names, or it needs the client that it wraps. */
  readonly abstract?: true;
}

export interface Method {
  /** `inference` spends model capacity; `control` is the plane around it: files, models, polling. */
  readonly plane: 'inference' | 'control';
  /** `single`: one request; `paginated`: one a page; `helper`: several requests behind one call; `stream`: gives a stream or runner. */
  readonly shape: 'single' | 'paginated' | 'helper' | 'stream';
  /** Gives a coroutine, whatever its client does (Python). */
  readonly async?: boolean;
  /** First and last major version that has it, where known. */
  readonly since?: number;
  readonly until?: number;
}

/** How an SDK itself sends a 429 again. Waits in seconds. */
export interface SdkRetry {
  /** The option's name at the client, with dots where it stands in another one; absent where the SDK has none. */
  readonly option?: string;
  /** Further names of it, at the client or at the call. */
  readonly also?: readonly string[];
  /** The option says how often the request is sent in all, where it does not say how often again. */
  readonly counts?: 'attempts';
  /** Where one call can differ: by a derived client, in the second argument, or among the call's own arguments. */
  readonly perCall: 'derive' | 'secondArgument' | 'argument' | 'none';
  /** The option's name at the call, where it is another one there. */
  readonly callOption?: string;
  /** Whether a number among the arguments of the module’s own functions raises them, on the schedule below. */
  readonly raisedByArgument?: true;
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
  /** Classes of other faults that the SDK's own retries send again: they matter where those are switched off. */
  readonly transient?: readonly string[];
  /** Whether that class stands for other errors, too: only the status tells a 429. */
  readonly shared?: boolean;
  /** Other SDKs' modules whose classes these are, too. */
  readonly alsoOf?: readonly string[];
  /** Classes of other versions, by their path from the package: the one that stands for the same errors in these, if any. */
  readonly renamed?: ReadonlyMap<string, string | undefined>;
  /** Those of them whose names stand for something else by now, which is no error. */
  readonly others?: readonly string[];
  /** The major versions that this holds for. */
  readonly since?: number;
  readonly below?: number;
  /** The class of an error that comes inside a stream, whatever it is. */
  readonly inStream?: string;
  /** Its base classes, nearest first, by exported name: a handler of any of these catches a 429. */
  readonly bases: readonly string[];
  /** The property of the error that holds the HTTP status: `status_code`, `status`. */
  readonly status: string;
  /** Where an error of one attempt keeps what a retry has to know, told by its status alone: dotted properties. */
  readonly reads?: {
    readonly status: string;
    readonly headers?: string;
    readonly body?: string;
    /** Says of errors of any kind whether the SDK would send again. */
    readonly retryable?: string;
  };
  /** What a 429 says that no waiting ends: a property with this value, or without one these words in the error's text. */
  readonly quota?: { readonly property?: string; readonly says: string };
}

/** A library that sends a failed call again, or makes 429s rarer. */
export interface RetryLibrary {
  readonly id: string;
  readonly language: LanguageId;
  /** The name in manifests and lock files; `python` for the standard library. */
  readonly packageName: string;
  readonly modules: readonly string[];
  /** By the path from the module: `retry`, `default` (also what a CommonJS module itself is), `Effect.retry`. */
  readonly exports: ReadonlyMap<string, RetryExport>;
  /** What its classes hand down to those that extend them, as it is called there: `caller.call` of `this.caller.call(…)`. */
  readonly inherited?: ReadonlyMap<string, RetryExport>;
  /** What it hands to the functions that it runs, by the name that it has there as a rule: `step.run`. */
  readonly handed?: ReadonlyMap<string, RetryExport>;
  /**
   * Exported names that stand inside the exports' arguments, at any depth, and say how to retry:
   * `stop_after_attempt(6)`, `backoff.expo`, `new ExponentialBackoff()`. By the path from the module.
   */
  readonly parts?: ReadonlyMap<string, RetryPart>;
}

/** An argument: a keyword, a property of an options object, or a position. */
export type ArgumentKey = string | number;

/** What one exported name does, by the shape of its use. */
export interface RetryExport {
  /** `retry` sends a failed call again; `rate` bounds requests a time; `concurrency` bounds requests at once. */
  readonly does: 'retry' | 'rate' | 'concurrency';
  /** Arguments that make a bound on concurrency a bound on the rate, too. */
  readonly rateWhen?: readonly ArgumentKey[];
  /**
   * How it stands round a call. `decorator`: `@retry(...)` or `retry(...)(fn)`; `call`: `pRetry(fn, options)`;
   * `object`: constructed, then called, or used through one of `methods`; `context`: a `with` block or a `for` over
   * attempts; `mixin`: installed on a client (`axiosRetry(axios)`); `operator`: handed to the `pipe` of what it repeats.
   */
  readonly as: readonly ('decorator' | 'call' | 'object' | 'context' | 'mixin' | 'operator')[];
  /** Position of the function that it runs, where it is called with one: 0 in `pRetry(fn, options)`; or its key in an object. */
  readonly runs?: ArgumentKey;
  /** It awaits nothing: a coroutine function round which it stands has raised no error when it looks. */
  readonly synchronous?: true;
  /** Methods of the object that take or wrap the call: `execute`, `schedule`, `wrap`, `add`. */
  readonly methods?: readonly string[];
  /** Methods of the object that are called ahead of the request and hold it back: `acquire`, `removeTokens`. */
  readonly acquires?: readonly string[];
  /** The arguments that say which errors it acts on. */
  readonly on?: readonly ArgumentKey[];
  /**
   * What it acts on when `on` is not given. `any`: every error. `named`: it must be given. `own`: nothing that a
   * request raises. `notPost`: 429s, but of no POST.
   */
  readonly catches: 'any' | 'named' | 'own' | 'notPost';
  /** What bounds the attempts; `default` is how many there are when nothing is said, `Infinity` for “forever”. */
  readonly attempts?: {
    readonly at: readonly ArgumentKey[];
    readonly counts: 'attempts' | 'retries';
    readonly default: number;
  };
  /** It runs whole jobs again, later and elsewhere: that is no retry of a request that a reader would count. */
  readonly jobs?: true;
  /** Arguments that lift every bound. */
  readonly forever?: readonly ArgumentKey[];
  /** Arguments that bound the time in all, and the bound in seconds when none is given. */
  readonly time?: { readonly at: readonly ArgumentKey[]; readonly default?: number };
  readonly wait?: RetryWait;
  /** How a repair writes bounds, better waits or a test for quota errors into its options. */
  readonly writes?: { readonly [K in 'bound' | 'spread' | 'quota' | 'original']?: OptionWriting };
  /**
   * The library's own error that comes out at the end in place of the last one, unless the argument `unless` is true;
   * `other` arguments say what comes out as well.
   */
  readonly raises?: { readonly error: string; readonly unless?: string; readonly other?: readonly string[] };
}

/**
 * Options and what they are set to, with the policy's numbers for `{attempts}`, `{retries}`, `{base}` and `{cap}`, in
 * milliseconds `{baseMs}` and `{capMs}`; `{spreadMs}` is a wait after attempt number `attempt`; `{isQuota}` and `{quota}`
 * ask whether the error named `error` speaks of a quota, or does not.
 */
export interface OptionWriting {
  readonly options: Readonly<Record<string, string>>;
  /** Names of the library's module that the values are made of. */
  readonly needs?: readonly string[];
  /** Options that go, because they would speak against the new ones. */
  readonly drops?: readonly string[];
  /** The operator that joins a value to the one that stands there already, or to `ahead`; without it that one is replaced. */
  readonly joins?: string;
  readonly ahead?: string;
  /** Nothing is written where an option has a value already. */
  readonly once?: true;
  /** The position of the options object, in JavaScript. */
  readonly at?: number;
  /** Positional arguments that would be given twice: with one of them nothing is written. */
  readonly unless?: readonly number[];
}

export interface RetryWait {
  /** When nothing is said. */
  readonly default: WaitShape;
  /** Arguments that give it another shape; `part`: the one that the `RetryPart` in it has, `opaque`: any. */
  readonly sets?: ReadonlyMap<ArgumentKey, WaitShape | 'part' | 'opaque'>;
  /** Arguments that switch jitter on, or off with `false`, `None`, `0` or `'none'`. */
  readonly jitterAt?: readonly ArgumentKey[];
}

export interface WaitShape {
  /** `told`: as long as the server, or a function of the user's, says. */
  readonly growth: 'none' | 'fixed' | 'growing' | 'told';
  readonly jitter: boolean;
}

/** Where the numbers of a wait stand, in seconds: `wait_exponential(multiplier=2, min=4, max=60)`. */
export interface WaitTimes {
  readonly factor: readonly ArgumentKey[];
  /** The factor when none is given. */
  readonly otherwise?: number;
  readonly least?: readonly ArgumentKey[];
  readonly most?: readonly ArgumentKey[];
  /** Each wait is twice as long as the one before. */
  readonly doubles: boolean;
}

export type RetryPart =
  /** Bounds the attempts by the argument at position `attempts`, counted as the export counts; without one, by time or event. */
  | { readonly k: 'stop'; readonly attempts?: number }
  | { readonly k: 'never-stop' }
  | ({ readonly k: 'wait'; readonly times?: WaitTimes } & WaitShape)
  /** Adds jitter to the wait round which it stands. */
  | { readonly k: 'jitter' }
  /**
   * Says which errors are acted on, by its first argument. `class`: these classes; `not-class`: all but these;
   * `predicate`: a function of the error; `any`: every error; `own`: no error at all, only results.
   */
  | { readonly k: 'on'; readonly by: 'class' | 'not-class' | 'predicate' | 'any' | 'own' };
