Attribute VB_Name = "KamHost"
Option Explicit

Public Sub KamHost_Run(command As String)
    RunPython command
End Sub
