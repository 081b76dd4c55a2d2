"""Makes calls of AWS's public APIs: a JSON request a line on standard input, a JSON answer a line on standard output.

The argument is how many seconds a call may take. Request: {"service": "sqs", "operation": "list_queues", "parameters": {}}. Answer: {"value": ...} or {"error": code}.
"""

import base64
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

clients = {}
seconds = float(sys.argv[1])
config = Config(connect_timeout=seconds, read_timeout=seconds)


def plain(value):
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, (bytes, bytearray)):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return base64.b64encode(value).decode()
    return str(value)


def answer(request):
    service = request["service"]
    if service not in clients:
        clients[service] = boto3.client(service, config=config)
    try:
        value = getattr(clients[service], request["operation"])(**request["parameters"])
    except ClientError as error:
        return {"error": error.response["Error"]["Code"], "message": str(error)}
    except BotoCoreError as error:
        return {"error": type(error).__name__, "message": str(error)}
    value.pop("ResponseMetadata", None)
    return {"value": value}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=plain), flush=True)
