import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { Obstacle } from "../step";
import { askedPort, checkPort } from "./start";

describe("askedPort", () => {
  test("reads the port from the flags of jupyter lab", () => {
    expect(askedPort(["--no-browser", "--port", "9999"])).toBe(9999);
    expect(askedPort(["--port=9999", "--no-browser"])).toBe(9999);
    expect(askedPort(["--ServerApp.port=8123"])).toBe(8123);
  });

  test("is undefined when none is asked for", () => {
    expect(askedPort([])).toBeUndefined();
    expect(askedPort(["--no-browser", "--ServerApp.port_retries=3"])).toBeUndefined();
  });

  for (const port of ["", "http", "-1", "65536", "80.5"]) {
    test(`refuses "${port}"`, () => expect(() => askedPort(["--port", port])).toThrow(Obstacle));
  }

  test("refuses a missing number", () => expect(() => askedPort(["--port"])).toThrow(/from 0 to 65535/));
});

describe("checkPort", () => {
  test("says which port is in use and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expect(checkPort(port)).rejects.toThrow(
      `Port ${port} is in use by another program: choose another`,
    );
    server.close();
    await once(server, "close");
    await expect(checkPort(port)).resolves.toBeUndefined();
  });
});
