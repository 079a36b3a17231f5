package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.RustTarget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The libraries that every system of a platform has.
 *
 * @param lacks the systems without any other library, as the end of a sentence
 * @param patterns patterns of their names, or of their paths on macOS; {@code *} stands for any characters
 * @param anyCase whether names ignore case
 */
record SystemLibraries(String lacks, List<String> patterns, boolean anyCase) {

    /** The parts of glibc, and gcc's run time, which rustc links. */
    private static final String GLIBC = """
            libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libutil.so.1 libresolv.so.2 libanl.so.1
            libgcc_s.so.1 ld-linux*.so.* ld64.so.*""";

    private static final String MUSL = "libc.musl-*.so.1 libc.so ld-musl-*.so.1 libgcc_s.so.1";

    /** Of the base system, as far as Rust's standard library links them. */
    private static final String FREEBSD = """
            libc.so.7 libm.so.5 libthr.so.3 librt.so.1 libutil.so.* libexecinfo.so.1 libkvm.so.* libmemstat.so.*
            libprocstat.so.* libdevstat.so.* libgcc_s.so.1 ld-elf.so.1""";

    private static final String MACOS = "/usr/lib/* /System/Library/*";

    /** The libraries of every desktop edition of Windows 10 and later that programs link. */
    private static final String WINDOWS = """
            api-ms-win-* ext-ms-* advapi32.dll avrt.dll bcrypt.dll bcryptprimitives.dll bthprops.cpl cfgmgr32.dll
            combase.dll comctl32.dll comdlg32.dll credui.dll crypt32.dll cryptbase.dll cryptnet.dll cryptui.dll d2d1.dll
            d3d11.dll d3d12.dll d3d9.dll d3dcompiler_47.dll dbgeng.dll dbghelp.dll dcomp.dll dhcpcsvc.dll dinput8.dll
            dnsapi.dll dsound.dll dwmapi.dll dwrite.dll dxgi.dll dxva2.dll fwpuclnt.dll gdi32.dll gdiplus.dll glu32.dll
            hid.dll httpapi.dll imagehlp.dll imm32.dll iphlpapi.dll kernel32.dll kernelbase.dll ktmw32.dll mf.dll
            mfplat.dll mfreadwrite.dll mmdevapi.dll mpr.dll msacm32.dll msdmo.dll msi.dll msimg32.dll mswsock.dll
            ncrypt.dll netapi32.dll newdev.dll normaliz.dll ntdll.dll ole32.dll oleacc.dll oleaut32.dll opengl32.dll
            pdh.dll powrprof.dll propsys.dll psapi.dll rasapi32.dll rpcrt4.dll secur32.dll sensapi.dll setupapi.dll
            shcore.dll shell32.dll shlwapi.dll sspicli.dll synchronization.dll tdh.dll ucrtbase.dll uiautomationcore.dll
            urlmon.dll user32.dll userenv.dll usp10.dll uxtheme.dll version.dll virtdisk.dll wevtapi.dll winhttp.dll
            wininet.dll winmm.dll winscard.dll winspool.drv wintrust.dll winusb.dll wlanapi.dll wldap32.dll ws2_32.dll
            wsock32.dll wtsapi32.dll xinput1_4.dll xinput9_1_0.dll""";

    /** The libraries that gcc and Rust's windows-gnu targets link; Microsoft's compiler never links msvcrt.dll. */
    private static final String WINDOWS_GNU = WINDOWS + " msvcrt.dll";

    SystemLibraries {
        patterns = List.copyOf(patterns);
    }

    static SystemLibraries of(RustTarget target) {
        return switch (target.system()) {
            case MACOS -> of("macOS does not have", MACOS, false);
            case WINDOWS ->
                of("Windows does not have", target.naming() == FileNaming.WINDOWS_GNU ? WINDOWS_GNU : WINDOWS, true);
            case FREEBSD -> of("not every FreeBSD has", FREEBSD, false);
            default ->
                target.libc().equals(Optional.of(LibcFamily.MUSL))
                        ? of("not every Linux with musl has", MUSL, false)
                        : of("not every Linux has", GLIBC, false);
        };
    }

    private static SystemLibraries of(String lacks, String patterns, boolean anyCase) {
        return new SystemLibraries(lacks, List.of(patterns.split("\\s+")), anyCase);
    }

    boolean has(String library) {
        return patterns.stream().anyMatch(pattern -> glob(pattern, library)) && !library.contains("/../");
    }

    /** Returns whether a user's pattern fits the whole name or, on macOS, the part after the directories. */
    boolean matches(String pattern, String library) {
        return glob(pattern, library) || glob(pattern, library.substring(library.lastIndexOf('/') + 1));
    }

    boolean isPython(String library) {
        return anyCase && glob("python3*.dll", library);
    }

    private boolean glob(String pattern, String text) {
        String regex =
                Stream.of(fold(pattern).split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return fold(text).matches(regex);
    }

    private String fold(String text) {
        return anyCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
