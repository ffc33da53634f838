"""dogwatchd's HTTP interface with the clients people have: Debian's awscli and python3-boto3, and bare HTTP.

Environment: DOGWATCH_BIN (the programs), DOGWATCH_IMAGE (the guest image). Exits with 77, skipped, where the clients
or the image are missing.
"""

import base64
import concurrent.futures
import datetime
import hashlib
import http.client
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import zipfile

SKIPPED = 77
PATIENCE = 120  # seconds, for a slow machine without KVM
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

try:
    import boto3
    import botocore.auth
    import botocore.awsrequest
    import botocore.client
    import botocore.credentials
    from botocore.exceptions import ClientError
except ImportError:
    boto3 = None

ROLE = "arn:aws:iam::000000000000:role/any"
MAIN = """
import time

def handler(event, context):
    print("called with", event)
    if isinstance(event, dict) and "sleep" in event:
        time.sleep(event["sleep"])
    if isinstance(event, dict) and "raise" in event:
        raise ValueError(event["raise"])
    return {"echo": event, "id": context.aws_request_id}
"""


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name + ".py", text)
    return buffer.getvalue()


class ControlPlane:
    """A dogwatchd with HTTP and a data directory of its own."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="dogwatch-http-")
        self.data = os.path.join(self.home, "data")
        self.log = open(os.path.join(self.home, "log"), "w+")
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [program("dogwatchd"), "--data", self.data, "--accel", "tcg", "--warm", "1", "--max-vms", "2",
             "--http", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=self.log, text=True)
        words = self.process.stdout.readline().split()
        if len(words) != 3 or words[0] != "ready":
            raise RuntimeError("dogwatchd did not start: " + self.logged())
        self.url = words[2]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        return status

    def logged(self):
        self.log.flush()
        with open(self.log.name) as file:
            return file.read()

    def remove(self):
        self.log.close()
        shutil.rmtree(self.home)

    @property
    def credentials(self):
        return os.path.join(self.data, "credentials")

    def keys(self):
        with open(self.credentials) as file:
            text = file.read()
        return [re.search(name + r" = (\S+)", text)[1] for name in ("aws_access_key_id", "aws_secret_access_key")]

    def boto3(self, key=None, secret=None):
        own = self.keys()
        return boto3.client("lambda", endpoint_url=self.url, region_name="eu-west-1", aws_access_key_id=key or own[0],
                            aws_secret_access_key=secret or own[1],
                            config=botocore.client.Config(read_timeout=PATIENCE, retries={"max_attempts": 0}))

    def environment(self):
        # Debian's clients first, whatever else is installed.
        return dict(os.environ, PATH="/usr/bin:" + os.environ["PATH"], AWS_SHARED_CREDENTIALS_FILE=self.credentials, AWS_DEFAULT_REGION="eu-west-1",
                    AWS_CONFIG_FILE="/dev/null", AWS_PAGER="", AWS_EC2_METADATA_DISABLED="true")

    def aws(self, *arguments):
        return subprocess.run(["/usr/bin/aws", "--endpoint-url", self.url, "--output", "json", "lambda", *arguments],
                              env=self.environment(), capture_output=True, text=True, timeout=PATIENCE, cwd=self.home)

    def ctl(self, *arguments):
        done = subprocess.run([program("dogwatchctl"), "--data", self.data, "--json", *arguments],
                              capture_output=True, text=True, timeout=PATIENCE)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def request(self, method, path, body=b"", headers=()):
        url = urllib.parse.urlsplit(self.url)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            response = connection.getresponse()
            return response.status, dict((k.lower(), v) for k, v in response.getheaders()), response.read()
        finally:
            connection.close()

    def signed(self, method, path, body=b"", headers=(), at=None):
        """The headers of a request signed by botocore, at another time where asked for."""
        request = botocore.awsrequest.AWSRequest(method=method, url=self.url + path, data=body, headers=dict(headers))
        signer = botocore.auth.SigV4Auth(botocore.credentials.Credentials(*self.keys()), "lambda", "eu-west-1")
        if at is None:
            signer.add_auth(request)
        else:
            real = botocore.auth.datetime.datetime

            class Shifted(real):
                @classmethod
                def utcnow(cls):
                    return at

            botocore.auth.datetime.datetime = Shifted
            try:
                signer.add_auth(request)
            finally:
                botocore.auth.datetime.datetime = real
        return dict(request.headers.items())


def program(name):
    return os.path.join(os.environ["DOGWATCH_BIN"], name)


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plane = ControlPlane()
        cls.client = cls.plane.boto3()
        cls.client.create_function(FunctionName="echo", Runtime="python3.11", Role=ROLE, Handler="main.handler",
                                   Timeout=60, Code={"ZipFile": zipped(main=MAIN)})

    @classmethod
    def tearDownClass(cls):
        status = cls.plane.stop()
        log = cls.plane.logged()
        cls.plane.remove()
        assert status == 0, log

    def refused(self, type_, status, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], type_)
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)
        return caught.exception.response["Error"]["Message"]

    def executions(self, function):
        return self.plane.ctl("executions", "list", "--function", function)

    def until(self, holds):
        deadline = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), deadline, self.plane.logged())
            time.sleep(0.05)

    # ---- functions

    def test_create_get_update_delete(self):
        code = zipped(app="def run(event, context):\n    return 1\n")
        made = self.client.create_function(
            FunctionName="life", Runtime="python3.11", Role=ROLE, Handler="app.run", Code={"ZipFile": code},
            Description="d", Timeout=20, MemorySize=256, Environment={"Variables": {"A": "b"}}, Tags={"team": "x"})
        self.assertEqual(made["ResponseMetadata"]["HTTPStatusCode"], 201)
        self.assertEqual(made["CodeSha256"], base64.b64encode(hashlib.sha256(code).digest()).decode())
        self.assertEqual(made["CodeSize"], len(code))
        self.client.get_waiter("function_active_v2").wait(FunctionName="life")
        got = self.client.get_function(FunctionName=made["FunctionArn"])
        self.assertEqual(got["Tags"], {"team": "x"})
        for key in ("Runtime", "Role", "Handler", "Description", "Timeout", "MemorySize", "Environment"):
            self.assertEqual(got["Configuration"][key], made[key], key)
        self.assertEqual(got["Configuration"]["Runtime"], "python3.11")
        self.refused("ResourceConflictException", 409, self.client.create_function, FunctionName="life",
                     Runtime="python3.11", Role=ROLE, Handler="app.run", Code={"ZipFile": code})
        payload = self.client.invoke(FunctionName="life")["Payload"].read()
        self.assertEqual(json.loads(payload), 1)

        new = zipped(app="def run(event, context):\n    return 2\n")
        self.assertNotEqual(self.client.update_function_code(FunctionName="life", ZipFile=new)["CodeSha256"],
                            made["CodeSha256"])
        self.client.get_waiter("function_updated").wait(FunctionName="life")
        self.assertEqual(json.loads(self.client.invoke(FunctionName="life")["Payload"].read()), 2)
        changed = self.client.update_function_configuration(FunctionName="life", Timeout=21, Description="e")
        self.assertEqual((changed["Timeout"], changed["Description"], changed["Handler"]), (21, "e", "app.run"))
        self.refused("PreconditionFailedException", 412, self.client.update_function_configuration,
                     FunctionName="life", Timeout=22, RevisionId=made["RevisionId"])
        self.assertEqual(self.client.get_function_configuration(FunctionName="life")["Timeout"], 21)

        removed = self.client.delete_function(FunctionName="life")
        self.assertEqual(removed["ResponseMetadata"]["HTTPStatusCode"], 204)
        self.refused("ResourceNotFoundException", 404, self.client.get_function, FunctionName="life")
        self.refused("ResourceNotFoundException", 404, self.client.delete_function, FunctionName="life")

    def test_what_cannot_be_is_refused(self):
        fine = dict(Role=ROLE, Handler="main.handler", Code={"ZipFile": zipped(main=MAIN)})
        refused = self.client.create_function
        self.refused("InvalidParameterValueException", 400, refused, FunctionName="x", Runtime="java11", **fine)
        message = self.refused("InvalidParameterValueException", 400, refused, FunctionName="x", Runtime="python3.9",
                               Layers=["arn:aws:lambda:eu-west-1:000000000000:layer:l:1"], **fine)
        self.assertIn("Layers", message)
        fine["Code"] = {"ZipFile": b"no zip"}
        self.refused("InvalidParameterValueException", 400, refused, FunctionName="x", Runtime="python3.9", **fine)
        self.refused("ResourceNotFoundException", 404, self.client.get_function, FunctionName="x")

    def test_list_in_pages(self):
        code = zipped(main=MAIN)
        names = [f"page-{i}" for i in range(7)]
        for name in names:
            self.client.create_function(FunctionName=name, Runtime="python3.11", Role=ROLE, Handler="main.handler",
                                        Code={"ZipFile": code})
        pages = list(self.client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 3}))
        listed = [function["FunctionName"] for page in pages for function in page["Functions"]]
        self.assertEqual([name for name in listed if name.startswith("page-")], names)
        self.assertEqual(len(listed), len(set(listed)))
        self.assertTrue(all(len(page["Functions"]) == 3 for page in pages[:-1]))
        answer = self.plane.aws("list-functions", "--page-size", "2", "--max-items", "5")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(len(json.loads(answer.stdout)["Functions"]), 5)
        for name in names:
            self.client.delete_function(FunctionName=name)

    def test_concurrency(self):
        self.assertNotIn("ReservedConcurrentExecutions", self.client.get_function_concurrency(FunctionName="echo"))
        put = self.client.put_function_concurrency(FunctionName="echo", ReservedConcurrentExecutions=1)
        self.assertEqual(put["ReservedConcurrentExecutions"], 1)
        self.assertEqual(self.client.get_function(FunctionName="echo")["Concurrency"],
                         {"ReservedConcurrentExecutions": 1})
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda i: self.client.invoke(FunctionName="echo", Payload=str(i))["Payload"].read(),
                                    range(4)))
        self.assertEqual([json.loads(answer)["echo"] for answer in answers], [0, 1, 2, 3])
        self.client.delete_function_concurrency(FunctionName="echo")
        self.assertNotIn("ReservedConcurrentExecutions", self.client.get_function_concurrency(FunctionName="echo"))

    # ---- invocations

    def test_request_response(self):
        answer = self.client.invoke(FunctionName="echo", Payload=json.dumps({"a": "ä"}), LogType="Tail")
        self.assertEqual(answer["StatusCode"], 200)
        self.assertEqual(answer["ExecutedVersion"], "$LATEST")
        self.assertNotIn("FunctionError", answer)
        body = json.loads(answer["Payload"].read())
        self.assertEqual(body["echo"], {"a": "ä"})
        self.assertEqual(body["id"], answer["ResponseMetadata"]["RequestId"])
        log = base64.b64decode(answer["LogResult"]).decode()
        self.assertIn("called with {'a': 'ä'}", log)
        self.assertIn("REPORT RequestId: " + body["id"], log)

    def test_function_error(self):
        answer = self.client.invoke(FunctionName="echo", Payload=json.dumps({"raise": "no such thing"}))
        self.assertEqual((answer["StatusCode"], answer["FunctionError"]), (200, "Unhandled"))
        error = json.loads(answer["Payload"].read())
        self.assertEqual((error["errorType"], error["errorMessage"]), ("ValueError", "no such thing"))
        self.assertTrue(any("main.py" in line for line in error["stackTrace"]), error)

    def test_timeout(self):
        self.client.create_function(FunctionName="slow", Runtime="python3.11", Role=ROLE, Handler="main.handler",
                                    Timeout=1, Code={"ZipFile": zipped(main=MAIN)})
        answer = self.client.invoke(FunctionName="slow", Payload=json.dumps({"sleep": 30}))
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertIn("Task timed out after 1.00 seconds", json.loads(answer["Payload"].read())["errorMessage"])
        self.client.delete_function(FunctionName="slow")

    def test_event_with_retries(self):
        self.client.create_function(FunctionName="fails", Runtime="python3.11", Role=ROLE, Handler="main.handler",
                                    Timeout=60, Code={"ZipFile": zipped(main=MAIN)})
        self.refused("ResourceNotFoundException", 404, self.client.get_function_event_invoke_config,
                     FunctionName="fails")
        put = self.client.put_function_event_invoke_config(FunctionName="fails", MaximumRetryAttempts=1,
                                                           MaximumEventAgeInSeconds=3600)
        self.assertEqual((put["MaximumRetryAttempts"], put["MaximumEventAgeInSeconds"]), (1, 3600))
        put = self.client.update_function_event_invoke_config(FunctionName="fails", MaximumEventAgeInSeconds=7200)
        self.assertEqual((put["MaximumRetryAttempts"], put["MaximumEventAgeInSeconds"]), (1, 7200))
        answer = self.client.invoke(FunctionName="fails", InvocationType="Event", Payload=json.dumps({"raise": "x"}))
        self.assertEqual((answer["StatusCode"], answer["Payload"].read()), (202, b""))
        execution = answer["ResponseMetadata"]["RequestId"]
        self.until(lambda: self.executions("fails")[0]["state"] in ("failed", "dropped"))
        rows = self.executions("fails")
        self.assertEqual([(row["execution"], row["attempt"]) for row in rows], [(execution, 2)])
        self.client.delete_function_event_invoke_config(FunctionName="fails")
        self.refused("ResourceNotFoundException", 404, self.client.get_function_event_invoke_config,
                     FunctionName="fails")
        self.client.delete_function(FunctionName="fails")

    def test_dry_run(self):
        before = len(self.executions("echo"))
        self.assertEqual(self.client.invoke(FunctionName="echo", InvocationType="DryRun")["StatusCode"], 204)
        self.refused("ResourceNotFoundException", 404, self.client.invoke, FunctionName="nobody",
                     InvocationType="DryRun")
        self.assertEqual(len(self.executions("echo")), before)

    def test_payloads_that_are_none(self):
        self.refused("InvalidRequestContentException", 400, self.client.invoke, FunctionName="echo", Payload="{")
        self.refused("RequestTooLargeException", 413, self.client.invoke, FunctionName="echo",
                     Payload=b'"' + b"x" * (6 << 20) + b'"')

    # ---- the command line client

    def test_aws_command_line(self):
        with open(os.path.join(self.plane.home, "cli.zip"), "wb") as file:
            file.write(zipped(main=MAIN))
        steps = [
            (["create-function", "--function-name", "cli", "--runtime", "python3.11", "--role", ROLE, "--handler",
              "main.handler", "--timeout", "60", "--zip-file", "fileb://cli.zip"], '"FunctionName": "cli"'),
            (["wait", "function-active", "--function-name", "cli"], ""),
            (["get-function", "--function-name", "cli"], '"Configuration"'),
            (["invoke", "--function-name", "cli", "--payload", '{"a": 1}', "--cli-binary-format", "raw-in-base64-out",
              "--log-type", "Tail", "out.json"], '"LogResult"'),
            (["invoke", "--function-name", "cli", "--invocation-type", "Event", "event.json"], '"StatusCode": 202'),
            (["update-function-configuration", "--function-name", "cli", "--memory-size", "192"], '"MemorySize": 192'),
            (["update-function-code", "--function-name", "cli", "--zip-file", "fileb://cli.zip"], '"CodeSha256"'),
            (["put-function-concurrency", "--function-name", "cli", "--reserved-concurrent-executions", "2"],
             '"ReservedConcurrentExecutions": 2'),
            (["delete-function", "--function-name", "cli"], ""),
        ]
        for arguments, says in steps:
            answer = self.plane.aws(*arguments)
            self.assertEqual(answer.returncode, 0, f"{arguments}: {answer.stderr}")
            self.assertIn(says, answer.stdout)
        with open(os.path.join(self.plane.home, "out.json")) as file:
            self.assertEqual(json.load(file)["echo"], {"a": 1})
        answer = self.plane.aws("get-function", "--function-name", "cli")
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn("ResourceNotFoundException", answer.stderr)

    # ---- who may come in

    def test_wrong_keys(self):
        self.refused("UnrecognizedClientException", 403, self.plane.boto3(key="AKIAOTHER").list_functions)
        self.refused("InvalidSignatureException", 403, self.plane.boto3(secret="no").list_functions)

    def test_without_a_signature(self):
        for method, path in (("GET", "/2015-03-31/functions"), ("POST", "/2015-03-31/functions"), ("GET", "/"),
                             ("POST", "/2015-03-31/functions/echo/invocations"), ("PUT", "/metrics")):
            status, headers, body = self.plane.request(method, path, b"{}" if method != "GET" else b"")
            self.assertEqual(status, 403, (method, path))
            self.assertEqual(headers["x-amzn-errortype"], "MissingAuthenticationTokenException")
            self.assertEqual(json.loads(body)["Message"], "Missing Authentication Token")

    def test_skewed_clocks(self):
        path = "/2015-03-31/functions"
        now = datetime.datetime.utcnow()
        for minutes, status in ((4, 200), (-4, 200), (6, 403), (-6, 403)):
            headers = self.plane.signed("GET", path, at=now + datetime.timedelta(minutes=minutes))
            answer = self.plane.request("GET", path, headers=headers)
            self.assertEqual(answer[0], status, minutes)
            if status == 403:
                self.assertEqual(answer[1]["x-amzn-errortype"], "InvalidSignatureException")

    def test_replayed_requests(self):
        path = "/2015-03-31/functions/echo/invocations"
        body = b'{"replayed": true}'
        headers = self.plane.signed("POST", path, body)
        before = len(self.executions("echo"))
        self.assertEqual(self.plane.request("POST", path, body, headers)[0], 200)
        status, told, _ = self.plane.request("POST", path, body, headers)
        self.assertEqual((status, told["x-amzn-errortype"]), (403, "InvalidSignatureException"))
        self.assertEqual(len(self.executions("echo")), before + 1)

    def test_the_same_call_again_is_none(self):
        before = len(self.executions("echo"))
        for _ in range(3):  # within a second, maybe: the SDK signs the same bytes
            self.client.invoke(FunctionName="echo", Payload='"again"')
        self.assertEqual(len(self.executions("echo")), before + 3)

    def test_a_retry_of_an_sdk_runs_once(self):
        path = "/2015-03-31/functions/echo/invocations"
        before = len(self.executions("echo"))
        answers = []
        for attempt in ("attempt=1; max=3", "attempt=2; max=3"):
            headers = self.plane.signed("POST", path, b"7", {"amz-sdk-invocation-id": "11111111-2222-3333-4444-5",
                                                             "amz-sdk-request": attempt})
            answers.append(self.plane.request("POST", path, b"7", headers))
        self.assertEqual([answer[0] for answer in answers], [200, 200])
        self.assertEqual(answers[0][2], answers[1][2])
        self.assertEqual(len(self.executions("echo")), before + 1)

    def test_changed_bodies(self):
        path = "/2015-03-31/functions/echo/invocations"
        headers = self.plane.signed("POST", path, b"1")
        self.assertEqual(self.plane.request("POST", path, b"2", headers)[0], 403)

    def test_the_key_is_private(self):
        self.assertEqual(os.stat(self.plane.credentials).st_mode & 0o7777, 0o600)

    # ---- how it fares

    def test_health_and_metrics(self):
        status, _, body = self.plane.request("GET", "/health")
        self.assertEqual((status, json.loads(body)["status"]), (200, "ok"))
        self.client.invoke(FunctionName="echo", Payload="1")
        status, headers, body = self.plane.request("GET", "/metrics")
        self.assertEqual(status, 200)
        self.assertTrue(headers["content-type"].startswith("text/plain; version=0.0.4"))
        text = body.decode()
        self.assertRegex(text, r'dogwatch_executions_total\{function="echo",outcome="succeeded"\} [1-9]')
        self.assertRegex(text, r"dogwatch_journal_commit_seconds_count [1-9]")
        self.assertRegex(text, r"dogwatch_journal_size_bytes [1-9]")
        if shutil.which("promtool"):
            checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
            self.assertEqual((checked.returncode, checked.stderr), (0, ""))

    def test_idle_and_garbage_connections_harm_nobody(self):
        url = urllib.parse.urlsplit(self.plane.url)
        idle = [socket.create_connection((url.hostname, url.port)) for _ in range(200)]
        try:
            for i, each in enumerate(idle):
                if i % 2:
                    each.sendall(b"POST /2015-03-31/functions HTTP/1.1\r\nContent-Le")
            for _ in range(20):
                with socket.create_connection((url.hostname, url.port)) as garbage:
                    garbage.sendall(os.urandom(4096) + b"\r\n\r\n")
                self.assertEqual(self.plane.request("GET", "/health")[0], 200)
            self.assertEqual(json.loads(self.client.invoke(FunctionName="echo", Payload="5")["Payload"].read())["echo"], 5)
        finally:
            for each in idle:
                each.close()


class Guide(unittest.TestCase):
    """What docs/http.md tells to type works as it stands there."""

    def test_the_guide(self):
        with open(os.path.join(SOURCE, "docs", "http.md")) as file:
            blocks = re.findall(r"^```(sh|python)\n(.*?)^```", file.read(), re.MULTILINE | re.DOTALL)
        self.assertGreaterEqual(len(blocks), 3)
        plane = ControlPlane()
        try:
            environment = plane.environment()
            environment.update(DIR=plane.data, URL=plane.url)
            for language, text in blocks:
                if text.startswith("dogwatchd "):
                    continue  # it runs already
                command = {"sh": ["bash", "-euo", "pipefail", "-c", text], "python": [sys.executable, "-c", text]}[language]
                done = subprocess.run(command, env=environment, cwd=plane.home, capture_output=True, text=True,
                                      timeout=PATIENCE)
                self.assertEqual(done.returncode, 0, f"{text}\n{done.stdout}{done.stderr}\n{plane.logged()}")
        finally:
            plane.stop()
            plane.remove()


class Stopping(unittest.TestCase):
    def test_what_runs_may_finish(self):
        plane = ControlPlane()
        try:
            client = plane.boto3()
            client.create_function(FunctionName="echo", Runtime="python3.11", Role=ROLE, Handler="main.handler",
                                   Timeout=60, Code={"ZipFile": zipped(main=MAIN)})
            client.invoke(FunctionName="echo")
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                answer = pool.submit(client.invoke, FunctionName="echo", Payload=json.dumps({"sleep": 3}))
                deadline = time.monotonic() + PATIENCE
                while plane.ctl("executions", "list")[0]["state"] != "running":
                    self.assertLess(time.monotonic(), deadline)
                status = plane.stop()
                self.assertEqual(json.loads(answer.result()["Payload"].read())["echo"], {"sleep": 3})
            self.assertEqual(status, 0, plane.logged())
            plane.start()
            self.assertEqual(plane.ctl("executions", "list")[0]["state"], "succeeded")
        finally:
            plane.stop()
            plane.remove()


def missing():
    if boto3 is None:
        return "python3-boto3 is not installed"
    if not os.access("/usr/bin/aws", os.X_OK):
        return "awscli is not installed"
    if not os.path.isdir(os.environ.get("DOGWATCH_IMAGE", "/nowhere")):
        return "there is no guest image: \"make image\" builds it"
    return None


if __name__ == "__main__":
    why = missing()
    if why:
        print("skipped:", why)
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
