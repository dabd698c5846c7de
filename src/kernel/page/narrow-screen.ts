/** Pixels below which a file browser leaves no room for a notebook. */
const NARROW = 700;

/** The parts of JupyterLab that are used here. */
interface App {
  readonly shell: {
    collapseLeft?(): void;
    readonly currentChanged?: { connect(slot: () => void): void };
  };
}

/** Folds the file browser away when something is opened on a screen that is too narrow for both, as a phone's is. */
export const narrowScreen = {
  id: "typescript-kernel:narrow-screen",
  autoStart: true,
  activate({ shell }: App): void {
    shell.currentChanged?.connect(() => {
      // JupyterLab shows the browser once more, right behind, when an address has opened the file.
      if (innerWidth < NARROW) for (const wait of [0, 1000]) setTimeout(() => shell.collapseLeft?.(), wait);
    });
  },
};
