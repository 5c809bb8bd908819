import json
import os

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

session = requests.Session()
retry = Retry(total=5, backoff_factor=0.01, status_forcelist=[429])
session.mount("http://", HTTPAdapter(max_retries=retry))
url = os.environ["OPENAI_BASE_URL"] + "/chat/completions"
response = session.post(url, json={"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "first"}]})
response.raise_for_status()
print(json.dumps({"item": "first", "answer": response.json()["choices"][0]["message"]["content"]}))
