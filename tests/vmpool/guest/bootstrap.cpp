// A custom runtime for tests, as simple as one can be: the AWS Lambda runtime API over a plain socket, linked
// statically. What it does with an invocation is what the payload says; BOOT in its environment says how it
// starts.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

const std::string kPrefix = "/2018-06-01/runtime/";

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// Sends these bytes on a connection of their own; the whole answer.
std::string exchange(const std::string& bytes) {
    const auto address = environment("AWS_LAMBDA_RUNTIME_API");
    const auto colon = address.find(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<unsigned short>(std::atoi(address.c_str() + colon + 1)));
    inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) std::exit(90);
    for (std::size_t sent = 0; sent < bytes.size();) {
        const auto size = send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (size <= 0) break;
        sent += static_cast<std::size_t>(size);
    }
    std::string answer;
    char chunk[65536];
    for (ssize_t size = 0; (size = recv(fd, chunk, sizeof chunk, 0)) > 0;) {
        answer.append(chunk, static_cast<std::size_t>(size));
    }
    close(fd);
    return answer;
}

std::string request(const std::string& method, const std::string& path, const std::string& body,
                    const std::string& headers = {}) {
    return method + ' ' + kPrefix + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string header(const std::string& answer, const std::string& name) {
    const auto at = answer.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto start = at + name.size() + 4;
    return answer.substr(start, answer.find("\r\n", start) - start);
}

/// The text of a JSON string with the simplest of escapes; anything else as it is.
std::string textOf(const std::string& json) {
    if (json.size() < 2 || json.front() != '"') return json;
    std::string text;
    for (std::size_t i = 1; i + 1 < json.size(); ++i) {
        if (json[i] != '\\') {
            text += json[i];
            continue;
        }
        const char c = json[++i];
        text += c == 'r' ? '\r' : c == 'n' ? '\n' : c;
    }
    return text;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

int calls = 0;

void serve(const std::string& answer) {
    const auto id = header(answer, "Lambda-Runtime-Aws-Request-Id");
    const auto payload = answer.substr(answer.find("\r\n\r\n") + 4);
    const auto what = textOf(payload);
    const auto invocation = "invocation/" + id + '/';
    ++calls;
    std::string result = "{\"calls\":" + std::to_string(calls) + ",\"payload\":" + payload + "}";
    if (what.rfind("raw:", 0) == 0) {
        const auto told = exchange(replaced(what.substr(4), "{id}", id));
        result = '"' + told.substr(0, told.find("\r\n")) + '"';
    } else if (what == "context") {
        result = "[\"" + id + "\",\"" + header(answer, "Lambda-Runtime-Deadline-Ms") + "\",\"" +
                 header(answer, "Lambda-Runtime-Invoked-Function-Arn") + "\",\"" +
                 header(answer, "Lambda-Runtime-Trace-Id") + "\",\"" + environment("_HANDLER") + "\",\"" +
                 environment("AWS_LAMBDA_FUNCTION_NAME") + "\",\"" +
                 environment("AWS_LAMBDA_FUNCTION_VERSION") + "\",\"" +
                 environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") + "\",\"" + environment("LAMBDA_TASK_ROOT") +
                 "\",\"" + environment("COLOUR") + "\"]";
    } else if (what == "chunked") {
        exchange("POST " + kPrefix + invocation +
                 "response HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "3\r\n[1,\r\n2;x=y\r\n2]\r\n0\r\nTrailer: t\r\n\r\n");
        return;
    } else if (what == "expect") {
        exchange(request("POST", invocation + "response", "\"expected\"", "Expect: 100-continue\r\n"));
        return;
    } else if (what == "error") {
        exchange(request(
            "POST", invocation + "error",
            R"({"errorMessage":"too odd","errorType":"Odd.Error","stackTrace":["main.c:1","main.c:2"]})"));
        return;
    } else if (what == "bare error") {
        exchange(request("POST", invocation + "error", "went wrong",
                         "Lambda-Runtime-Function-Error-Type: Bare\r\n"));
        return;
    } else if (what == "text") {
        result = "no JSON";
    } else if (what == "big") {
        result = '"' + std::string(70'000, 'b') + '"';
    } else if (what == "huge") {
        result = '"' + std::string(7 << 20, 'h') + '"';
    } else if (what == "endless") {
        std::string chunks;
        for (int i = 0; i < 200; ++i) chunks += "10000\r\n" + std::string(0x10000, '1') + "\r\n";
        exchange("POST " + kPrefix + invocation +
                 "response HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        return;
    } else if (what == "exit") {
        std::exit(3);
    } else if (what == "abort") {
        std::abort();
    } else if (what == "sleep") {
        sleep(60);
    } else if (what == "stop") {
        raise(SIGSTOP);
    } else if (what == "memory") {
        for (;;) std::memset(std::malloc(1 << 20), 1, 1 << 20);
    } else if (what == "emit") {
        const int status = std::system("dogwatch-emit tick '{\"n\":1}'");
        result = std::to_string(status);
    } else if (what == "print") {
        std::puts("printed");
        std::fflush(stdout);
    }
    exchange(request("POST", invocation + "response", result));
    if (what == "once") std::exit(0);
}

}  // namespace

int main() {
    const auto boot = environment("BOOT");
    if (boot == "exit") return 5;
    if (boot == "sleep") sleep(60);
    if (boot == "error") {
        exchange(
            request("POST", "init/error", R"({"errorMessage":"no configuration","errorType":"Init.Error"})"));
        return 1;
    }
    for (;;) {
        const auto answer = exchange(request("GET", "invocation/next", ""));
        if (answer.rfind("HTTP/1.1 200", 0) != 0) return 91;
        serve(answer);
    }
}
