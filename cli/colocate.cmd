@echo off
rem Runs Colocate from its sources on Windows.
dotnet run --project "%~dp0." --configuration Release -- %*
