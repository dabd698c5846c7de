import type { IKernelClient } from "@jupyterlite/services";

/**
 * Has `interrupt` hear of each interrupt. JupyterLite's own way ends the cells that wait for their turn, and tells the kernel of the
 * one that runs nothing.
 */
export function passInterruptsOn(client: IKernelClient, interrupt: (kernelId: string) => void): void {
  const original = client.interrupt.bind(client);
  client.interrupt = async (id) => {
    interrupt(id);
    await original(id);
  };
}
