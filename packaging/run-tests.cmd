@echo off
rem run-tests.cmd - runs the tests on Windows: what the contract promises on the system's own bcrypt.dll,
rem and everything on OpenCNG's, which lies beside the test program; for 64-bit and 32-bit programs.
rem
rem   run-tests.cmd [SUITE...]
rem
rem Results are in the directory results: a log a suite, and summary.txt, whose last line counts.
rem Ends with 1 if anything failed.
rem
rem SPDX-License-Identifier: MIT
setlocal
cd /d "%~dp0"
set passed=0
set failed=0
set skipped=0
set wanted=%*
if exist results rmdir /s /q results
mkdir results

call :section system-x86_64 x86_64
call :section system-i686 i686
call :section opencng-x86_64 x86_64
call :section opencng-i686 i686

call :say %passed% passed, %failed% failed, %skipped% skipped
if %failed% neq 0 exit /b 1
if %passed% equ 0 exit /b 1
exit /b 0

rem section NAME ARCH: one DLL, one kind of program.
:section
set section=%1
set directory=results\%section%
mkdir %directory%
set options=
set program=%2\bcrypt_tests.exe
if %section%==opencng-%2 goto section_ready
rem Without a bcrypt.dll beside it the program gets the system's.
set options=--contract-only
set program=%directory%\bcrypt_tests.exe
copy %2\bcrypt_tests.exe %program% > nul
:section_ready

set library=
set product=
%program% --which > %directory%\which.txt 2>&1
if errorlevel 1 goto section_none
for /f "usebackq delims=" %%l in ("%directory%\which.txt") do call :which_line "%%l"
if not defined library goto section_none
call :say %section%: %library% (%product%)
if not %section%==opencng-%2 goto section_run
if not "%product%"=="OpenCNG" goto section_other

:section_run
if defined wanted goto section_wanted
%program% --list > %directory%\suites.txt
for /f "usebackq" %%s in ("%directory%\suites.txt") do call :suite %%s
goto section_end
:section_wanted
for %%s in (%wanted%) do call :suite %%s
:section_end
if exist %directory%\bcrypt_tests.exe del %directory%\bcrypt_tests.exe
exit /b 0

:section_none
call :say %section%: skipped, this machine runs no such programs
set /a skipped=skipped+1
goto section_end

:section_other
call :say %section%: FAILED, Windows gave the program another bcrypt.dll than the one beside it
set /a failed=failed+1
goto section_end

:which_line
if not defined library goto which_path
if not defined product set product=%~1
exit /b 0
:which_path
set library=%~1
exit /b 0

rem suite NAME: Check's closing line counts; a program that ends without it has crashed.
:suite
set checks=
set bad=0
%program% --verbose --suite %1 %options% > %directory%\%1.txt 2>&1
for /f "usebackq tokens=1-7 delims=:, " %%a in ("%directory%\%1.txt") do if "%%b"=="Checks" call :counts %%c %%e %%g
if not defined checks goto suite_crashed
set /a good=checks-bad
set /a passed=passed+good
set /a failed=failed+bad
call :say %section% %1: %good% passed, %bad% failed
exit /b 0
:suite_crashed
set /a failed=failed+1
call :say %section% %1: 0 passed, 1 failed (crashed, see its log)
exit /b 0

:counts
set checks=%1
set /a bad=%2+%3
exit /b 0

:say
echo %*
echo %*>> results\summary.txt
exit /b 0
