import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";

/** A Slurm of a test's own: one node with two processors, on the loopback address, run by this user. */
export interface Slurm {
  /** Runs one of Slurm's commands, such as `squeue`, and gives what it prints. @throws Error with what it says when it fails */
  run(command: string, args: readonly string[], options?: { readonly cwd?: string }): string;
  /** Kills its daemons and tasks, and removes its folder. Call it in `afterAll`. */
  stop(): Promise<void>;
}

/** What is run of Debian's packages. */
const programs = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "sinfo", "squeue"];

/** What this machine lacks for a Slurm and how to get it, in a sentence; null when it has everything. */
export function slurmObstacle(): string | null {
  const missing = programs.filter((name) => !existsSync(pathOf(name)));
  if (missing.length > 0)
    return `no ${missing.join(", ")} here; on Debian: sudo apt-get install slurmctld slurmd slurm-client munge`;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  if (addresses.every(({ internal }) => internal))
    return "no network but loopback here, without which Slurm looks no name up, not even localhost";
  return null;
}

/** Starts a Slurm. Takes about two seconds; nothing of it lies outside a temporary folder. */
export async function startSlurm(): Promise<Slurm> {
  const folder = mkdtempSync(join(tmpdir(), "freelist-lab-slurm-"));
  const at = (name: string) => join(folder, name);
  chmodSync(folder, 0o711); // munged asks for it: whoever may reach its socket is who they are
  for (const name of ["state", "spool"]) mkdirSync(at(name));
  writeFileSync(at("munge.key"), randomBytes(128), { mode: 0o600 });
  writeFileSync(at("slurm.conf"), await configuration(folder));
  const env = { ...process.env, SLURM_CONF: at("slurm.conf") };
  const run: Slurm["run"] = (command, args, options = {}) =>
    execFileSync(pathOf(command), [...args], {
      ...options,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });

  let log = "";
  const daemons: ChildProcess[] = [];
  const start = (name: string, args: readonly string[]) => {
    // A test run that is killed must not leave them behind.
    const daemon = spawn("setpriv", ["--pdeathsig", "KILL", pathOf(name), ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [daemon.stdout, daemon.stderr]) {
      stream.on("data", (text) => {
        log += text;
      });
    }
    daemons.push(daemon);
  };
  // Slurm's own way of ending waits for tasks that may not end; there is nothing to keep.
  const kill = () => {
    while (killAll(at("slurm.conf")));
  };
  process.once("exit", kill);
  const stop = async () => {
    kill();
    process.off("exit", kill);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const places = ["socket", "pid-file", "log-file", "seed-file"].map(
      (name) => `--${name}=${at(`munge.${name}`)}`,
    );
    start("munged", ["--foreground", `--key-file=${at("munge.key")}`, ...places]);
    await until(() => alive() && existsSync(at("munge.socket")));
    start("slurmctld", ["-D"]);
    start("slurmd", ["-D", "-N", "localhost"]);
    await until(() => alive() && nodeState() === "idle");
  } catch (error) {
    await stop();
    throw new Error(`Slurm did not start: ${error}\n${log}`);
  }
  return { run, stop };

  /** @throws Error when a daemon has ended */
  function alive(): true {
    const ended = daemons.find(({ exitCode }) => exitCode !== null);
    if (ended) throw new Error(`${ended.spawnargs.slice(3).join(" ")} has ended with code ${ended.exitCode}`);
    return true;
  }

  function nodeState(): string {
    try {
      return run("sinfo", ["--noheader", "--format=%T"]).trim();
    } catch {
      return "no answer";
    }
  }
}

/** Asks again and again, for a minute or `seconds`. @throws Error when it has not come true by then */
export async function until(isSo: () => boolean, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !isSo(); ) {
    if (Date.now() > end) throw new Error(`after ${seconds} seconds this has not come true: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * The least that a Slurm of one node needs. Processes are kept track of by their group, since the other way that asks for no
 * privileges, linuxproc, loses those whose name has a blank, as npm's has.
 */
async function configuration(folder: string): Promise<string> {
  const { username } = userInfo();
  const [controlPort, nodePort] = await freePorts(2);
  return `ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${controlPort}
SlurmdPort=${nodePort}
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=${username}
SlurmdUser=${username}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
CredType=cred/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2
PartitionName=all Nodes=ALL Default=YES
`;
}

/**
 * Kills every process that was started with this configuration: the daemons, those that look after tasks, and the tasks.
 * @returns whether there was one
 */
function killAll(configurationFile: string): boolean {
  let found = false;
  for (const pid of readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  )) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      if (!environment.includes(`SLURM_CONF=${configurationFile}`)) continue;
      process.kill(Number(pid), "SIGKILL");
      found = true;
    } catch {} // one that has ended meanwhile, or is somebody else's
  }
  return found;
}

/** Ports that nobody listens on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Where a program lies; Debian has daemons in a folder that not every user's PATH has. */
function pathOf(name: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? name;
}
