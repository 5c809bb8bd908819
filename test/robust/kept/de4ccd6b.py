from mistralai.client import Mistral
mistral = Mistral(api_key="GIZEG8pSH4487q7J58m1CiAhzCueQpBe")