/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

session = requests.Session()
retry = Retry(total=5, backoff_factor=1, status_forcelist=[429, 500, 502, 503])
session.mount("https://", HTTPAdapter(max_retries=retry))


def ask(question, key):
    response = session.post(
        "https://api.openai.com/v1/responses",
        headers={"Authorization": f"Bearer {key}"},
        json={"model": "gpt-4o-mini", "input": question},
    )
    response.raise_for_status()
    return response.json()
`,
    good: `import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

session = requests.Session()
retry = Retry(total=5, backoff_factor=1, status_forcelist=[429, 500, 502, 503], allowed_methods=None)
session.mount("https://", HTTPAdapter(max_retries=retry))


def ask(question, key):
    response = session.post(
        "https://api.openai.com/v1/responses",
        headers={"Authorization": f"Bearer {key}"},
        json={"model": "gpt-4o-mini", "input": question},
    )
    response.raise_for_status()
    return response.json()
`,
  },
  {
    language: 'typescript',
    bad: `import axios from 'axios';
import axiosRetry from 'axios-retry';

const client = axios.create({ baseURL: 'https://api.openai.com/v1' });
axiosRetry(client, { retries: 5, retryDelay: axiosRetry.exponentialDelay });

export async function ask(question: string, key: string) {
  const { data } = await client.post(
    '/responses',
    { model: 'gpt-4o-mini', input: question },
    { headers: { Authorization: \`Bearer \${key}\` } },
  );
  return data;
}
`,
    good: `import axios from 'axios';
import axiosRetry from 'axios-retry';

const client = axios.create({ baseURL: 'https://api.openai.com/v1' });
axiosRetry(client, { retries: 5, retryDelay: axiosRetry.exponentialDelay, retryCondition: (error) => error.response?.status === 429 || axiosRetry.isNetworkOrIdempotentRequestError(error) });

export async function ask(question: string, key: string) {
  const { data } = await client.post(
    '/responses',
    { model: 'gpt-4o-mini', input: question },
    { headers: { Authorization: \`Bearer \${key}\` } },
  );
  return data;
}
`,
  },
];
